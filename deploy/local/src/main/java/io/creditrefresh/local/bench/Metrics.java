package io.creditrefresh.local.bench;

import java.util.List;

/** What a service says at {@code /q/metrics}. */
public final class Metrics {

    private final String service;
    private final List<String> lines;

    /**
     * Of the text that was answered.
     *
     * @param service how it is called when a metric is missing
     */
    public Metrics(String service, String text) {
        this.service = service;
        this.lines = text.lines().toList();
    }

    /**
     * The value of a metric.
     *
     * @param tag that it must have, as {@code reason="due"}; empty: any
     */
    public double value(String name, String tag) {
        return lines.stream()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> line.contains(tag))
                .findFirst()
                .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .orElseThrow(() -> new IllegalStateException("%s has no metric %s %s".formatted(service, name, tag)));
    }
}
