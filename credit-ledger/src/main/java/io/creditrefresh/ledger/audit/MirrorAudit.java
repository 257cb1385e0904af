package io.creditrefresh.ledger.audit;

import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.rollout.Mirroring;
import io.creditrefresh.ledger.rollout.RolloutDay;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares the two views of a rollout: what its mirrors should have taken, by what the spends' own entries say, with what
 * the mirrors' entries say they have. It reads, and never writes.
 */
public final class MirrorAudit {

    // Of the single pool's entries only those count that were asked for units; their shares of its allowance are those
    // of SpendRule, the kinds in its order. A refund is that of the spend's entry, found by its key: a LIMIT keeps it a
    // look-up in the unique index, for refunds only. The OFFSET has each entry's metadata read once, not once a sum.
    static final String DAYS = """
            SELECT
                entry.day,
                entry.kind,
                entry.what,
                count(*) FILTER (WHERE entry.taken > 0),
                sum(entry.taken * entry.price),
                sum(entry.unmirrored * entry.price),
                count(*) FILTER (WHERE analysis.credits > 0),
                sum(analysis.credits),
                sum(analysis.credits % entry.analysis_price),
                count(*) FILTER (WHERE roast.credits > 0),
                sum(roast.credits),
                sum(roast.credits % entry.roast_price)
            FROM (
                SELECT
                    (e.created_at AT TIME ZONE 'UTC')::date AS day,
                    a.kind,
                    CASE
                        WHEN e.type = 'REFUND' AND starts_with(e.idempotency_key, 'mirror:') THEN 'RETURN'
                        ELSE e.type
                    END AS what,
                    CASE a.kind WHEN 'analysis' THEN r.analysis_price WHEN 'roast' THEN r.roast_price ELSE 1 END AS price,
                    r.analysis_price,
                    r.roast_price,
                    coalesce(refunded.bonus_change, e.bonus_change, 0) - coalesce(refunded.amount, e.amount) AS taken,
                    CASE WHEN e.type = 'MIRROR' THEN (e.metadata ->> 'unmirrored')::bigint END AS unmirrored,
                    CASE
                        WHEN e.type <> 'MIRROR' AND a.kind = 'credits'
                            THEN (coalesce(refunded.metadata, e.metadata) -> 'units' ->> 'analysis')::bigint
                    END AS analysis_units,
                    CASE
                        WHEN e.type <> 'MIRROR' AND a.kind = 'credits'
                            THEN (coalesce(refunded.metadata, e.metadata) -> 'units' ->> 'roast')::bigint
                    END AS roast_units
                FROM rollout r
                JOIN ledger_entry e
                    ON e.created_at >= r.opened_at AND (r.closed_at IS NULL OR e.created_at < r.closed_at)
                JOIN credit_account a ON a.id = e.account_id
                LEFT JOIN LATERAL (
                    SELECT spend.amount, spend.bonus_change, spend.metadata
                    FROM ledger_entry spend
                    WHERE e.type = 'REFUND'
                        AND starts_with(e.idempotency_key, 'refund:')
                        AND spend.account_id = e.account_id
                        AND spend.idempotency_key = 'consume:' || substr(e.idempotency_key, length('refund:') + 1)
                    LIMIT 1
                ) refunded ON true
                WHERE e.created_at >= to_timestamp(?)
                    AND e.created_at < to_timestamp(?)
                    AND e.type IN ('CONSUME', 'MIRROR', 'REFUND')
                OFFSET 0
            ) entry
            CROSS JOIN LATERAL (
                SELECT LEAST(entry.taken, coalesce(entry.analysis_units, 0) * entry.analysis_price)
            ) analysis (credits)
            CROSS JOIN LATERAL (
                SELECT LEAST(entry.taken - analysis.credits, coalesce(entry.roast_units, 0) * entry.roast_price)
            ) roast (credits)
            GROUP BY entry.day, entry.kind, entry.what
            """;

    private static final String IN_BOTH_VIEWS = """
            SELECT count(*)
            FROM credit_account
            WHERE kind = 'analysis'
            """;

    private MirrorAudit() {}

    /**
     * Both views compared, day by day, while the rollout was open; a day on which nothing was spent may be missing.
     *
     * @param from the first day, UTC
     * @param to the day after the last one
     */
    public static List<RolloutDay> days(Connection connection, LocalDate from, LocalDate to) throws SQLException {
        Map<LocalDate, Map<CreditKind, Mirroring>> days = new TreeMap<>();
        try (var select = connection.prepareStatement(DAYS)) {
            select.setLong(1, from.atStartOfDay(ZoneOffset.UTC).toEpochSecond());
            select.setLong(2, to.atStartOfDay(ZoneOffset.UTC).toEpochSecond());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    add(
                            row,
                            days.computeIfAbsent(
                                    row.getObject(1, LocalDate.class), day -> new EnumMap<>(CreditKind.class)));
                }
            }
        }
        return days.entrySet().stream()
                .map(day -> new RolloutDay(day.getKey(), day.getValue()))
                .toList();
    }

    /** How many subscribers have accounts of both views; reads all accounts. */
    public static long subscribersInBothViews(Connection connection) throws SQLException {
        try (var count = connection.prepareStatement(IN_BOTH_VIEWS);
                ResultSet row = count.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void add(ResultSet row, Map<CreditKind, Mirroring> byMirror) throws SQLException {
        CreditKind kind = CreditKind.of(row.getString(2));
        long credits = row.getLong(5);
        switch (row.getString(3)) {
            case "MIRROR" -> add(byMirror, kind, new Mirroring(0, 0, 0, credits, row.getLong(6), 0, 0));
            case "RETURN" -> add(byMirror, kind, new Mirroring(0, 0, 0, 0, 0, 0, -credits));
            case "CONSUME" -> {
                if (kind == CreditKind.CREDITS) {
                    add(byMirror, CreditKind.ANALYSIS, spent(row.getLong(7), row.getLong(8), row.getLong(9)));
                    add(byMirror, CreditKind.ROAST, spent(row.getLong(10), row.getLong(11), row.getLong(12)));
                } else {
                    add(byMirror, CreditKind.CREDITS, spent(row.getLong(4), credits, 0));
                }
            }
            default -> {
                if (kind == CreditKind.CREDITS) {
                    add(byMirror, CreditKind.ANALYSIS, refunded(row.getLong(8)));
                    add(byMirror, CreditKind.ROAST, refunded(row.getLong(11)));
                } else {
                    add(byMirror, CreditKind.CREDITS, refunded(credits));
                }
            }
        }
    }

    private static Mirroring spent(long spends, long credits, long remainder) {
        return new Mirroring(spends, credits, remainder, 0, 0, 0, 0);
    }

    private static Mirroring refunded(long credits) {
        return new Mirroring(0, 0, 0, 0, 0, credits, 0);
    }

    private static void add(Map<CreditKind, Mirroring> byMirror, CreditKind kind, Mirroring part) {
        byMirror.merge(kind, part, Mirroring::plus);
    }
}
