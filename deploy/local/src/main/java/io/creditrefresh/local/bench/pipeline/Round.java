package io.creditrefresh.local.bench.pipeline;

import io.creditrefresh.local.bench.machine.Memory;
import java.time.Duration;
import java.util.Map;

/**
 * What one round has measured.
 *
 * @param refreshes accounts that were refreshed
 * @param elapsed from the first emission to the last ledger row
 * @param cpu of every process that took part, by what they are
 * @param written to the database meanwhile
 * @param memory of each service, by name
 */
record Round(
        int refreshes, Duration elapsed, Map<String, Duration> cpu, Written written, Map<String, Memory.Use> memory) {

    double perSecond() {
        return refreshes / (elapsed.toNanos() / 1e9);
    }

    /** CPU time per refresh of all processes. */
    double micros() {
        return cpu.values().stream().mapToDouble(this::micros).sum();
    }

    double micros(Duration time) {
        return time.toNanos() / 1e3 / refreshes;
    }

    double walBytes() {
        return (double) written.walBytes() / refreshes;
    }

    double rows() {
        return (double) written.rows() / refreshes;
    }

    /** Part of the updates of accounts that touched no index, 0 to 1. */
    double hot() {
        return (double) written.hotUpdates() / written.updates();
    }
}
