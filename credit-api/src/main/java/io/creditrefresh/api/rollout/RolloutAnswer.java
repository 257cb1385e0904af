package io.creditrefresh.api.rollout;

import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.rollout.Rollout;
import io.creditrefresh.ledger.rollout.View;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far the move to Credits v2 is.
 *
 * @param state {@code not_started}, {@code open} or {@code closed}
 * @param switchedOff {@code ENABLE_CREDITS_V2=false}: nobody is in, whatever else is set
 * @param variable {@code ENABLE_CREDITS_V2}; null if it is not set
 * @param global whether everybody is in, but for overrides of single users
 * @param percentage so many of 100 buckets of users are in
 * @param newUsersSince who was provisioned then or later is in; null: nobody for that reason
 * @param openedAt when the first user was let in; null before
 * @param closedAt when Credits v1 was given up; null before
 * @param prices of one unit of each kind, in credits
 */
public record RolloutAnswer(
        String state,
        boolean switchedOff,
        @Nullable Boolean variable,
        boolean global,
        int percentage,
        @Nullable Instant newUsersSince,
        @Nullable Instant openedAt,
        @Nullable Instant closedAt,
        Map<String, Integer> prices) {

    static RolloutAnswer of(Rollout rollout) {
        Map<String, Integer> prices = new TreeMap<>();
        for (CreditKind kind : View.V2.kinds()) {
            prices.put(kind.code(), rollout.price(kind));
        }
        return new RolloutAnswer(
                rollout.openedAt() == null ? "not_started" : rollout.isOpen() ? "open" : "closed",
                Boolean.FALSE.equals(rollout.variable()),
                rollout.variable(),
                rollout.isGloballyOn(),
                rollout.percentage(),
                rollout.newUsersSince(),
                rollout.openedAt(),
                rollout.closedAt(),
                prices);
    }
}
