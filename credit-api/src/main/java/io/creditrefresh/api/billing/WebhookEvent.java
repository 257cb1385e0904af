package io.creditrefresh.api.billing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that a billing provider has delivered.
 *
 * @param eventId the provider's own
 * @param state pending; waiting for the user to be provisioned; processed; ignored, of a type that nobody asked for;
 *     or exhausted, given up
 * @param attempts since it was delivered or last replayed
 * @param occurredAt the provider's time
 * @param nextAttemptAt null unless pending
 * @param processedAt when it ended; null before
 * @param customerId the provider's customer that it waits for
 * @param userId the user that it waits for
 * @param note what was wrong with it, or why there was nothing to do
 */
public record WebhookEvent(
        long id,
        String provider,
        String eventId,
        String type,
        String state,
        int attempts,
        Instant occurredAt,
        Instant receivedAt,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant processedAt,
        @Nullable String customerId,
        @Nullable String userId,
        @Nullable String note) {

    static WebhookEvent of(WebhookEventRow row) {
        return new WebhookEvent(
                row.id,
                row.provider,
                row.eventId,
                row.type,
                row.state,
                row.attempts,
                row.occurredAt,
                row.receivedAt,
                row.nextAttemptAt,
                row.processedAt,
                row.customerId,
                row.userId,
                row.note);
    }
}
