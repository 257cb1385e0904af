package io.creditrefresh.api.run;

import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Figures that are null where there is nothing to count. */
final class Numbers {

    private static final double NANOS_PER_MS = 1_000_000;

    private Numbers() {}

    static @Nullable Long orNull(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }

    /** In per cent, with two decimals, and 100 only if nothing failed; null when nothing ran. */
    static @Nullable Double successRate(long succeeded, long failed) {
        long all = succeeded + failed;
        return all == 0 ? null : Math.floor(succeeded * 10_000.0 / all) / 100;
    }

    /** Milliseconds per refresh, with three decimals; null when nothing was refreshed. */
    static @Nullable Double millisPerRefresh(Duration busy, long refreshed) {
        return refreshed == 0 ? null : Math.round(busy.toNanos() * 1_000.0 / NANOS_PER_MS / refreshed) / 1_000.0;
    }
}
