package io.creditrefresh.api.bulk;

import io.creditrefresh.api.bulk.BulkRefreshRequest.BulkFilter;
import io.creditrefresh.api.caller.UserIds;
import io.creditrefresh.api.write.Bodies;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.ledger.account.BillingState;
import io.creditrefresh.ledger.bulk.BulkWish;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads which accounts a request is about; what it must not ask for is the problem {@code invalid_request}. */
final class BulkWishes {

    static final int USERS_MAX = 20_000;
    private static final int PLAN_MAX = 32;

    private BulkWishes() {}

    static BulkWish of(BulkRefreshRequest request) {
        List<String> userIds = users(request.userIds());
        BulkFilter filter = request.filter();
        if ((userIds == null) == (filter == null)) {
            throw ProblemCode.INVALID_REQUEST.problem("either userIds, or filter; an empty filter is met by everybody");
        }
        return filter == null
                ? BulkWish.refreshOf(Objects.requireNonNull(userIds))
                : BulkWish.refreshWhere(
                        Bodies.text(filter.plan(), "plan", PLAN_MAX),
                        state(filter.billingState()),
                        filter.restoredBy());
    }

    static BulkWish of(RestoreRequest request) {
        if (request.from() == null || request.to() == null) {
            throw ProblemCode.INVALID_REQUEST.problem("from and to say which refreshes");
        }
        Instant from = request.from().truncatedTo(ChronoUnit.SECONDS);
        Instant to = request.to().truncatedTo(ChronoUnit.SECONDS);
        if (!from.isBefore(to) || from.isBefore(EARLIEST) || to.isAfter(LATEST)) {
            throw ProblemCode.INVALID_REQUEST.problem("from is a time before to");
        }
        return BulkWish.restoreOf(from, to, users(request.userIds()));
    }

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private static @Nullable List<String> users(@Nullable List<@Nullable String> userIds) {
        if (userIds == null) {
            return null;
        }
        if (userIds.isEmpty() || userIds.size() > USERS_MAX) {
            throw ProblemCode.INVALID_REQUEST.problem("userIds has 1 to %,d users".formatted(USERS_MAX));
        }
        return userIds.stream()
                .map(userId -> UserIds.named(Bodies.present(userId, "userId")))
                .distinct()
                .toList();
    }

    private static @Nullable BillingState state(@Nullable String code) {
        if (code == null) {
            return null;
        }
        return Arrays.stream(BillingState.values())
                .filter(state -> state.code().equals(code))
                .findFirst()
                .orElseThrow(
                        () -> ProblemCode.INVALID_REQUEST.problem("billingState is active, past_due or cancelled"));
    }
}
