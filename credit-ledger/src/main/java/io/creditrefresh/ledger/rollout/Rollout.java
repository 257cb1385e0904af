package io.creditrefresh.ledger.rollout;

import io.creditrefresh.ledger.plan.CreditKind;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far the move to Credits v2 is.
 *
 * @param revision goes up with every change
 * @param variable {@code ENABLE_CREDITS_V2} as the API was last started with; null if it was not set
 * @param global whether everybody is in; null: as the variable says
 * @param percentage 0 to 100: so many of 100 buckets of users are in
 * @param newUsersSince who was provisioned at this instant or later is in; null: nobody for that reason
 * @param openedAt when the first user may have been in; null before
 * @param closedAt when Credits v1 was given up; null before
 * @param prices of one unit of each kind of Credits v2, in credits of the single pool, 1 or more
 */
public record Rollout(
        long revision,
        @Nullable Boolean variable,
        @Nullable Boolean global,
        int percentage,
        @Nullable Instant newUsersSince,
        @Nullable Instant openedAt,
        @Nullable Instant closedAt,
        Map<CreditKind, Integer> prices) {

    public static final int PRICE_MAX = 1_000_000;

    public Rollout {
        if (percentage < 0 || percentage > 100) {
            throw new IllegalArgumentException("a percentage is 0 to 100: " + percentage);
        }
        prices = Map.copyOf(prices);
    }

    /** While it is open, what a user spends is taken from both views. */
    public boolean isOpen() {
        return openedAt != null && closedAt == null;
    }

    /** The view that all are in, whoever they are; empty if it depends on the user. */
    public Optional<View> viewOfAll() {
        if (Boolean.FALSE.equals(variable) || openedAt == null) {
            return Optional.of(View.V1);
        }
        return closedAt == null ? Optional.empty() : Optional.of(View.V2);
    }

    /**
     * The view that a user is in.
     *
     * @param override what an admin has said of this user; null: nothing
     * @param createdAt when the user was provisioned
     */
    public View viewOf(String userId, @Nullable Boolean override, Instant createdAt) {
        return viewOfAll().orElseGet(() -> isOn(userId, override, createdAt) ? View.V2 : View.V1);
    }

    /** The same, begun at {@code now} if it was not. */
    public Rollout opened(Instant now) {
        return openedAt != null
                ? this
                : new Rollout(revision, variable, global, percentage, newUsersSince, now, closedAt, prices);
    }

    /** The same, started with another variable. */
    public Rollout startedWith(@Nullable Boolean newVariable) {
        return new Rollout(revision, newVariable, global, percentage, newUsersSince, openedAt, closedAt, prices);
    }

    /** Whether anybody is in but for an admin's override; with the first one the rollout begins. */
    public boolean letsSomebodyIn() {
        return isGloballyOn() || percentage > 0 || newUsersSince != null;
    }

    /** Whether anybody may be in Credits v2. */
    public boolean isForAnybody() {
        return !viewOfAll().equals(Optional.of(View.V1));
    }

    public boolean isGloballyOn() {
        return global != null ? global : Boolean.TRUE.equals(variable);
    }

    /** Of one unit of a kind, in credits of the single pool. */
    public int price(CreditKind kind) {
        return prices.getOrDefault(kind, 1);
    }

    private boolean isOn(String userId, @Nullable Boolean override, Instant createdAt) {
        if (override != null) {
            return override;
        }
        boolean isNew = newUsersSince != null && !createdAt.isBefore(newUsersSince);
        return isGloballyOn() || isNew || Bucket.of(userId) < percentage;
    }
}
