package io.creditrefresh.api.audit;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Sort;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A deed that was noted, read only. */
@Entity
@Immutable
@Table(name = "audit_entry")
public class AuditRow extends PanacheEntityBase {

    @Id
    public long id;

    @Column(name = "created_at")
    public Instant createdAt;

    @Column(name = "subscriber_id")
    public @Nullable Long subscriberId;

    @Formula("(select s.user_id from subscriber s where s.id = subscriber_id)")
    public @Nullable String userId;

    public String actor;

    public String role;

    public String action;

    public @Nullable String reason;

    @Formula("before::text")
    public @Nullable String before;

    @Formula("after::text")
    public @Nullable String after;

    /** Those before an id, the newest first, so many at the most; null: of everybody. */
    static List<AuditRow> before(long id, @Nullable Long subscriberId, int limit) {
        Sort newestFirst = Sort.descending("id");
        return (subscriberId == null
                        ? AuditRow.<AuditRow>find("id < ?1", newestFirst, id)
                        : AuditRow.<AuditRow>find("id < ?1 and subscriberId = ?2", newestFirst, id, subscriberId))
                .page(0, limit)
                .list();
    }
}
