package io.creditrefresh.api.user;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Sort;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A subscriber, read only. */
@Entity
@Immutable
@Table(name = "subscriber")
public class UserRow extends PanacheEntityBase {

    @Id
    public long id;

    @Column(name = "user_id")
    public String userId;

    public @Nullable String email;

    @Column(name = "plan_code")
    public String plan;

    @Column(name = "billing_state")
    public String billingState;

    @Column(name = "refresh_hold")
    public boolean hold;

    @Column(name = "created_at")
    public Instant createdAt;

    /** Those behind an id whose user id or address begins so, so many at the most; empty: everybody. */
    static List<UserRow> behind(long id, String start, int limit) {
        Sort byId = Sort.ascending("id");
        if (start.isEmpty()) {
            return UserRow.<UserRow>find("id > ?1", byId, id).page(0, limit).list();
        }
        return UserRow.<UserRow>find(
                        "id > ?1 and (userId like ?2 escape '!' or lower(email) like ?3 escape '!')",
                        byId,
                        id,
                        pattern(start),
                        pattern(start.toLowerCase(Locale.ROOT)))
                .page(0, limit)
                .list();
    }

    private static String pattern(String start) {
        return start.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    }
}
