package io.creditrefresh.api.billing;

import io.creditrefresh.edge.page.Cursor;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Sort;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** An event in the inbox, read only, without what was delivered. */
@Entity
@Immutable
@Table(name = "webhook_event")
public class WebhookEventRow extends PanacheEntityBase {

    private static final byte LIST = 3;

    @Id
    public long id;

    public String provider;

    @Column(name = "event_id")
    public String eventId;

    public String type;

    public String state;

    public int attempts;

    @Column(name = "occurred_at")
    public Instant occurredAt;

    @Column(name = "received_at")
    public Instant receivedAt;

    @Column(name = "next_attempt_at")
    public @Nullable Instant nextAttemptAt;

    @Column(name = "processed_at")
    public @Nullable Instant processedAt;

    @Column(name = "customer_id")
    public @Nullable String customerId;

    @Column(name = "user_id")
    public @Nullable String userId;

    @Column(name = "error")
    public @Nullable String note;

    /** Those that were stored before a position, newest first, so many at the most. */
    static List<WebhookEventRow> before(@Nullable String cursor, Optional<String> state, int limit) {
        long before =
                cursor == null ? Long.MAX_VALUE : Cursor.decode(cursor, LIST).first();
        Sort newestFirst = Sort.descending("id");
        return (state.isPresent()
                        ? WebhookEventRow.<WebhookEventRow>find(
                                "id < ?1 and state = ?2", newestFirst, before, state.get())
                        : WebhookEventRow.<WebhookEventRow>find("id < ?1", newestFirst, before))
                .page(0, limit)
                .list();
    }

    Cursor cursor() {
        return new Cursor(LIST, id, 0, 0);
    }
}
