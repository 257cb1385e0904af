package io.creditrefresh.local.monitoring;

import io.creditrefresh.local.monitoring.Selector.Condition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What services really show to Prometheus, by the name of its job. */
public final class ShownMetrics {

    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? [^ ]+(?: \\d+)?");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** Prometheus adds them. */
    private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance");

    /** What a service that is well answers is not known; that it tells the status is. */
    private static final String STATUS = "status";

    private static final Set<String> NOT_COMPARED = Set.of("job", "instance", STATUS);

    /** Prometheus' own. */
    private static final String UP = "up";

    private final Map<String, List<Sample>> samples = new HashMap<>();

    /**
     * Reads what the services show.
     *
     * @param textOfJob what {@code /q/metrics} answers
     */
    public ShownMetrics(Map<String, String> textOfJob) {
        textOfJob.forEach((job, text) -> samples.put(
                job,
                text.lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(Sample::of)
                        .toList()));
    }

    private record Sample(String name, Map<String, String> labels) {

        static Sample of(String line) {
            Matcher sample = SAMPLE.matcher(line);
            if (!sample.matches()) {
                throw new IllegalArgumentException("no sample: " + line);
            }
            Map<String, String> labels = new HashMap<>();
            for (MatchResult label : Optional.ofNullable(sample.group(2)).stream()
                    .flatMap(text -> LABEL.matcher(text).results())
                    .toList()) {
                labels.put(label.group(1), label.group(2));
            }
            return new Sample(sample.group(1), labels);
        }
    }

    /** What rules and dashboards read and no service shows. A rule that reads it would be silent for ever. */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (MonitoringFiles.Expression expression : MonitoringFiles.expressions()) {
            for (Selector selector : expression.selectors()) {
                if (!selector.isRecorded() && !selector.metric().equals(UP) && !isShown(selector)) {
                    missing.add(expression.where() + " reads " + selector);
                }
            }
        }
        return missing;
    }

    private boolean isShown(Selector selector) {
        List<Sample> shown = samples.entrySet().stream()
                .filter(job -> selector.conditions().stream()
                        .filter(condition -> condition.label().equals("job"))
                        .allMatch(condition -> condition.test(job.getKey())))
                .flatMap(job -> job.getValue().stream())
                .filter(sample -> sample.name().equals(selector.metric()))
                .toList();
        return shown.stream().anyMatch(sample -> selector.reads(sample.name(), sample.labels(), NOT_COMPARED))
                && selector.conditions().stream()
                        .map(Condition::label)
                        .filter(label -> !OF_PROMETHEUS.contains(label))
                        .allMatch(label -> shown.stream()
                                .anyMatch(sample -> sample.labels().containsKey(label)));
    }
}
