package io.creditrefresh.api.history;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Page;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** An entry of the ledger, read only. */
@Entity
@Immutable
@IdClass(LedgerEntryRow.Key.class)
@Table(name = "ledger_entry")
public class LedgerEntryRow extends PanacheEntityBase {

    @Id
    @Column(name = "account_id")
    public long accountId;

    @Id
    public long seq;

    public String type;

    public long amount;

    @Column(name = "balance_before")
    public long balanceBefore;

    @Column(name = "balance_after")
    public long balanceAfter;

    public @Nullable Long granted;

    public @Nullable Long lapsed;

    public @Nullable Long carried;

    @Column(name = "period_start")
    public Instant periodStart;

    @Column(name = "run_date")
    public @Nullable LocalDate runDate;

    public String actor;

    public @Nullable String reason;

    @Column(name = "created_at")
    public Instant createdAt;

    @Formula("(metadata ->> 'skippedPeriods')::integer")
    public @Nullable Integer skippedPeriods;

    /** Refreshes of accounts, newest first, behind a position. */
    static List<LedgerEntryRow> refreshesBefore(Collection<Long> accountIds, Position position, int limit) {
        // Two equalities, and not IN: each of them has a partial index.
        return LedgerEntryRow.<LedgerEntryRow>find(
                        "from LedgerEntryRow e where e.accountId in ?1"
                                + " and (e.type = 'REFRESH' or e.type = 'MANUAL_REFRESH')"
                                + " and (e.createdAt < ?2 or (e.createdAt = ?2 and (e.accountId < ?3"
                                + " or (e.accountId = ?3 and e.seq < ?4))))"
                                + " order by e.createdAt desc, e.accountId desc, e.seq desc",
                        accountIds,
                        position.createdAt(),
                        position.accountId(),
                        position.seq())
                .page(Page.ofSize(limit))
                .list();
    }

    /** Account and sequence number together identify an entry. */
    public record Key(long accountId, long seq) implements Serializable {}

    /** A place in the list of refreshes. */
    record Position(Instant createdAt, long accountId, long seq) {

        /** Before all entries. */
        static final Position NEWEST =
                new Position(Instant.parse("9999-12-31T23:59:59Z"), Long.MAX_VALUE, Long.MAX_VALUE);
    }
}
