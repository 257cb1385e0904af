package io.creditrefresh.api.plan;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;

/** A row of the catalogue. */
@Entity
@IdClass(PlanAllowanceRow.Key.class)
@Table(name = "plan_allowance")
public class PlanAllowanceRow extends PanacheEntityBase {

    @Id
    @Column(name = "plan_code")
    public String planCode;

    @Id
    public String kind;

    /** Compared in queries, never read: the first row of a plan and kind is valid from -infinity, which no Instant is. */
    @Id
    @Column(name = "valid_from")
    public Instant validFrom;

    public long amount;

    /** What each plan gives per period at {@code instant}, by kind. */
    static List<PlanAmount> inForceAt(Instant instant) {
        return find(
                        "from PlanAllowanceRow row where row.validFrom = (select max(earlier.validFrom)"
                                + " from PlanAllowanceRow earlier where earlier.planCode = row.planCode"
                                + " and earlier.kind = row.kind and earlier.validFrom <= ?1)"
                                + " order by row.planCode, row.kind",
                        instant)
                .project(PlanAmount.class)
                .list();
    }

    /** Plan, kind and start together identify a row. */
    public record Key(String planCode, String kind, Instant validFrom) implements Serializable {}

    /** Credits per period of one plan and kind. */
    public record PlanAmount(String planCode, String kind, long amount) {}
}
