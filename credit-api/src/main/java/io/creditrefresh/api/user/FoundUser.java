package io.creditrefresh.api.user;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user as a list shows them.
 *
 * @param billingState {@code active}, {@code past_due} or {@code cancelled}
 * @param hold whether an operator keeps the user off the schedule
 * @param createdAt when this service came to know the user
 */
public record FoundUser(
        String userId, @Nullable String email, String plan, String billingState, boolean hold, Instant createdAt) {

    static FoundUser of(UserRow row) {
        return new FoundUser(row.userId, row.email, row.plan, row.billingState, row.hold, row.createdAt);
    }
}
