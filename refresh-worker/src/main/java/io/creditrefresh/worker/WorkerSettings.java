package io.creditrefresh.worker;

import io.creditrefresh.ledger.settings.Allowed;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How a worker waits out trouble; all in real time. */
@ConfigMapping(prefix = "credit.worker")
public interface WorkerSettings {

    /** The first wait before a batch is tried again when the database or Kafka is away; then twice and four times that. */
    @WithDefault("1s")
    @WithConverter(Allowed.Wait.class)
    Duration backoff();

    /** How long the circuit breaker stays open after five failures in a row. */
    @WithDefault("60s")
    @WithConverter(Allowed.Wait.class)
    Duration breakerDelay();

    /** A batch that has been at work for longer than this, not counting waits for weather, is stuck: liveness goes down. */
    @WithDefault("5m")
    @WithConverter(Allowed.Wait.class)
    Duration stuckAfter();
}
