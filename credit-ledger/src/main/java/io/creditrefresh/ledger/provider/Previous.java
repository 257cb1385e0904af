package io.creditrefresh.ledger.provider;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Terms that an update has changed, as they were before it; null: it has not changed this one. */
public record Previous(
        @Nullable String plan,
        @Nullable ProviderStatus status,
        @Nullable Instant periodStart) {

    /** Of an update of something else, and of everything that is no update. */
    public static final Previous NOTHING = new Previous(null, null, null);

    /** Before an update to what is now; a value that is the same now has not changed. */
    public static Previous changing(
            Terms now, @Nullable String plan, @Nullable ProviderStatus status, @Nullable Instant periodStart) {
        return new Previous(
                now.plan().equals(plan) ? null : plan,
                now.status() == status ? null : status,
                now.periodStart().equals(periodStart) ? null : periodStart);
    }

    /** Before a change of plan and of nothing else that is known. */
    public static Previous plan(String before) {
        return new Previous(before, null, null);
    }
}
