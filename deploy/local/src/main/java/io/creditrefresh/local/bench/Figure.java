package io.creditrefresh.local.bench;

import java.util.Locale;
import java.util.Optional;

/** The figures of the last line, each with what it must reach. */
public enum Figure {
    /** Rate of the pipeline over that of the plain statement. */
    PIPELINE_TO_PLAIN("pipelineToPlain", Limit.AT_LEAST, 1.0),
    /** CPU time per refresh of all processes over that of the plain statement. */
    CPU_TO_PLAIN("cpuToPlain", Limit.AT_MOST, 2.1),
    /** Rate of the pipeline over that of db-scheduler. */
    TO_DB_SCHEDULER("toDbScheduler", Limit.AT_LEAST, 10),
    /** Peak heap after collection with all accounts due over that with a hundredth of them. */
    MEMORY_RATIO("memoryRatio", Limit.AT_MOST, 1.1),
    /** Time of a tick that finds 1,000 among all accounts over that among a tenth of them. */
    TICK_RATIO("tickRatio", Limit.AT_MOST, 1.5),
    /** Of a spend over HTTP, at half of the most that is possible. */
    CONSUME_P99_MS("consumeP99Ms", Limit.BELOW, 50),
    /** Most spends per second over the transactions of pgbench's tpcb-like. */
    CONSUME_TO_TPCB("consumeToTpcb", Limit.AT_LEAST, 1.0),
    /** Of a status over HTTP. */
    STATUS_P99_MS("statusP99Ms", Limit.BELOW, 200),
    /** CPU time per refresh of the plain statement. */
    PLAIN_MICROS("plainMicros", Limit.NONE, 0),
    /** CPU time per refresh of the pipeline, all processes together. */
    PIPELINE_MICROS("pipelineMicros", Limit.NONE, 0);

    private enum Limit {
        AT_LEAST,
        AT_MOST,
        BELOW,
        NONE
    }

    private final String label;
    private final Limit limit;
    private final double bound;

    Figure(String label, Limit limit, double bound) {
        this.label = label;
        this.limit = limit;
        this.bound = bound;
    }

    /** Its key in the last line. */
    String label() {
        return label;
    }

    /** What is wrong with a value, in words; empty when it is reached. */
    Optional<String> missedBy(double value) {
        return switch (limit) {
            case AT_LEAST -> value >= bound ? Optional.empty() : missed(value, "at least");
            case AT_MOST -> value <= bound ? Optional.empty() : missed(value, "at most");
            case BELOW -> value < bound ? Optional.empty() : missed(value, "below");
            case NONE -> Optional.empty();
        };
    }

    private Optional<String> missed(double value, String relation) {
        return Optional.of(String.format(Locale.ROOT, "%s is %.2f, not %s %.1f", label, value, relation, bound));
    }
}
