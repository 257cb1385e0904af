package io.creditrefresh.ledger.rollout;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a subscriber stands in the rollout.
 *
 * @param override whether an admin has put them into Credits v2, or kept them out; null: they go with the rollout
 * @param createdAt when they were provisioned
 * @param view which accounts they spend from now
 */
public record Placement(@Nullable Boolean override, Instant createdAt, View view) {

    /** As everybody before the rollout begins. */
    public static final Placement BEFORE_THE_ROLLOUT = new Placement(null, Instant.EPOCH, View.V1);

    /** With another word of an admin. */
    public Placement overridden(@Nullable Boolean by, String userId, Rollout rollout) {
        return new Placement(by, createdAt, rollout.viewOf(userId, by, createdAt));
    }
}
