package io.creditrefresh.local.bench.pipeline;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Says where CPU time went. */
final class CpuParts {

    private static final double SHOWN_MICROS = 0.1;

    private CpuParts() {}

    /** The largest part first; those that nobody would miss are left out. */
    static String text(Map<String, Double> micros) {
        return micros.entrySet().stream()
                .filter(part -> part.getValue() >= SHOWN_MICROS)
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .map(part -> String.format(Locale.ROOT, "%s %.1f", part.getKey(), part.getValue()))
                .collect(Collectors.joining(", "));
    }
}
