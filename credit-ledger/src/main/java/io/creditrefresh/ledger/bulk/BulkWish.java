package io.creditrefresh.ledger.bulk;

import io.creditrefresh.ledger.account.BillingState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which accounts a job is about: those that meet all that is set.
 *
 * @param userIds external ids; null for any
 * @param restoredBy those whose refresh this job has taken back
 * @param from of refreshes to be taken back: when they were written, inclusive, whole seconds
 * @param to exclusive
 */
public record BulkWish(
        BulkWork work,
        @Nullable List<String> userIds,
        @Nullable String plan,
        @Nullable BillingState billingState,
        @Nullable Long restoredBy,
        @Nullable Instant from,
        @Nullable Instant to) {

    public BulkWish {
        userIds = userIds == null ? null : List.copyOf(userIds);
        if ((work == BulkWork.RESTORE) != (from != null && to != null)) {
            throw new IllegalArgumentException("a restore, and nothing else, has a range of time");
        }
    }

    /** These users. */
    public static BulkWish refreshOf(List<String> userIds) {
        return new BulkWish(BulkWork.REFRESH, userIds, null, null, null, null, null);
    }

    /** Those whom a filter finds; all, if it is empty. */
    public static BulkWish refreshWhere(
            @Nullable String plan, @Nullable BillingState billingState, @Nullable Long restoredBy) {
        return new BulkWish(BulkWork.REFRESH, null, plan, billingState, restoredBy, null, null);
    }

    /** The refreshes of a range of time; everybody's, if no users are named. */
    public static BulkWish restoreOf(Instant from, Instant to, @Nullable List<String> userIds) {
        return new BulkWish(BulkWork.RESTORE, userIds, null, null, null, from, to);
    }

    /** As it is kept with its job, and shown. */
    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("userIds", userIds);
        shown.put("plan", plan);
        shown.put("billingState", billingState == null ? null : billingState.code());
        shown.put("restoredBy", restoredBy);
        shown.put("from", from == null ? null : from.toString());
        shown.put("to", to == null ? null : to.toString());
        shown.values().removeIf(Objects::isNull);
        return shown;
    }
}
