package io.creditrefresh.ledger.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How refreshing works; planner and worker must be given the same values. */
@ConfigMapping(prefix = "credit.refresh")
public interface RefreshSettings {

    /** Off: nobody refreshes by himself; what is due stays due until it is on again. */
    @WithDefault("true")
    @WithConverter(Allowed.Switch.class)
    boolean enabled();

    /** On: the planner counts with the rules in memory and sends nothing; nobody refreshes by himself. */
    @WithDefault("false")
    @WithConverter(Allowed.Switch.class)
    boolean dryRun();

    /** Accounts per planner page and jobs per transaction of a worker, there half a poll at most. */
    @WithDefault("1000")
    @WithConverter(Allowed.BatchSize.class)
    int batchSize();

    /** Every so many hours an exhausted account gets one more try. */
    @WithDefault("1")
    @WithConverter(Allowed.Hours.class)
    int intervalHours();

    /** How often the planner looks for due accounts. */
    @WithDefault("1m")
    @WithConverter(Allowed.Wait.class)
    Duration tick();

    /** How long an emitted job may be under way before it counts as lost; at least 60 s of real time. */
    @WithDefault("10m")
    @WithConverter(Allowed.Wait.class)
    Duration grace();

    /** With more jobs than this waiting in Kafka, nothing is emitted a second time. */
    @WithDefault("100000")
    @WithConverter(Allowed.Count.class)
    long sweepLagLimit();

    /** Whether anybody may refresh by himself. */
    default boolean refreshesByItself() {
        return enabled() && !dryRun();
    }
}
