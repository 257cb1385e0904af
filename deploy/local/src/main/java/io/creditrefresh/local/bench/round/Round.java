package io.creditrefresh.local.bench.round;

import io.creditrefresh.local.bench.machine.Memory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one round has measured.
 *
 * @param refreshes accounts that were refreshed
 * @param elapsed from the first emission to the last ledger row
 * @param cpu of every process that took part, by what they are
 * @param threads the same by thread, as far as it is known
 * @param written to the database meanwhile
 * @param memory of each service, by name
 */
public record Round(
        int refreshes,
        Duration elapsed,
        Map<String, Duration> cpu,
        Map<String, Duration> threads,
        Written written,
        Map<String, Memory.Use> memory) {

    public double perSecond() {
        return refreshes / (elapsed.toNanos() / 1e9);
    }

    /** CPU time per refresh of all processes. */
    public double micros() {
        return cpu.values().stream().mapToDouble(this::micros).sum();
    }

    /** The same by process. */
    public Map<String, Double> microsByPart() {
        var micros = new LinkedHashMap<String, Double>();
        cpu.forEach((part, time) -> micros.put(part, micros(time)));
        return micros;
    }

    public double micros(Duration time) {
        return time.toNanos() / 1e3 / refreshes;
    }

    public double walBytes() {
        return (double) written.walBytes() / refreshes;
    }

    public double rows() {
        return (double) written.rows() / refreshes;
    }

    /** Part of the updates of accounts that touched no index, 0 to 1. */
    public double hot() {
        return (double) written.hotUpdates() / written.updates();
    }
}
