package io.creditrefresh.ledger.race;

import io.creditrefresh.ledger.reference.Line;
import io.creditrefresh.ledger.reference.PriceList;
import io.creditrefresh.ledger.reference.Purse;
import io.creditrefresh.ledger.store.LedgerDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The catalogue of all races, and what they leave in the database. */
final class RaceLedger {

    private static final String WRITTEN = """
            SELECT
                s.user_id,
                a.kind,
                e.seq,
                e.type,
                e.amount,
                e.balance_before,
                e.balance_after,
                e.granted,
                e.lapsed,
                e.carried,
                coalesce(e.bonus_change, e.carried),
                date_part('epoch', e.period_start)::bigint,
                e.actor,
                date_part('epoch', e.created_at)::bigint * 1000,
                coalesce((e.metadata ->> 'refreshSeq')::bigint, 0),
                coalesce(e.idempotency_key, '')
            FROM ledger_entry e
            JOIN credit_account a ON a.id = e.account_id
            JOIN subscriber s ON s.id = a.subscriber_id
            ORDER BY a.id, e.seq
            """;

    private static final String LEFT = """
            SELECT
                s.user_id,
                a.kind,
                a.plan,
                a.billing_state,
                date_part('epoch', a.paid_until)::bigint,
                a.refresh_day::int,
                a.custom_allowance,
                a.allowance,
                a.bonus,
                a.granted_this_period,
                date_part('epoch', a.period_start)::bigint,
                date_part('epoch', a.period_end)::bigint,
                date_part('epoch', a.refresh_at)::bigint,
                a.version
            FROM credit_account a
            JOIN subscriber s ON s.id = a.subscriber_id
            ORDER BY a.id
            """;

    final PriceList prices = new PriceList();
    final Map<String, Map<String, List<Written>>> written = new HashMap<>();
    final Map<String, Map<String, Purse>> left = new HashMap<>();

    /** Gives a database the catalogue: amounts, rollover caps, and later edits of both. */
    static RaceLedger in(LedgerDatabase database) {
        RaceLedger ledger = new RaceLedger();
        database.execute("DELETE FROM plan_allowance; INSERT INTO plan (code) VALUES ('bare')");
        long[][] amounts = {{500, 1_000, 2_500, 6_000}, {50, 100, 250, 600}};
        String[] plans = {"free", "starter", "pro", "scale"};
        String[] kinds = {"credits", "analysis"};
        long[] caps = {0, 200, PriceList.ALL, 0};
        for (int k = 0; k < kinds.length; k++) {
            for (int p = 0; p < plans.length; p++) {
                ledger.sell(database, new PriceList.Tag(plans[p], kinds[k], PriceList.EVER, amounts[k][p], caps[p]));
            }
        }
        ledger.sell(database, new PriceList.Tag("starter", "credits", 1_784_000_007L, 1_100, 0));
        ledger.sell(database, new PriceList.Tag("free", "credits", 1_788_000_011L, 0, PriceList.ALL));
        ledger.sell(database, new PriceList.Tag("pro", "credits", 1_792_000_013L, 2_000, 50));
        ledger.sell(database, new PriceList.Tag("pro", "analysis", 1_792_000_013L, 300, 50));
        return ledger;
    }

    private void sell(LedgerDatabase database, PriceList.Tag tag) {
        prices.add(tag);
        String from = tag.since() == PriceList.EVER ? "'-infinity'" : "to_timestamp(" + tag.since() + ")";
        String cap = tag.cap() == PriceList.ALL ? "NULL" : String.valueOf(tag.cap());
        database.execute("INSERT INTO plan_allowance (plan_code, kind, valid_from, amount, rollover_cap) VALUES ('"
                + tag.plan() + "', '" + tag.kind() + "', " + from + ", " + tag.amount() + ", " + cap + ")");
    }

    void read(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(WRITTEN);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Written entry =
                        new Written(line(row), row.getString(13), row.getLong(14), row.getLong(15), row.getString(16));
                written.computeIfAbsent(row.getString(1), user -> new HashMap<>())
                        .computeIfAbsent(entry.kind(), kind -> new ArrayList<>())
                        .add(entry);
            }
        }
        try (var select = connection.prepareStatement(LEFT);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                left.computeIfAbsent(row.getString(1), user -> new HashMap<>()).put(row.getString(2), purse(row));
            }
        }
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                (Long) row.getObject(8),
                (Long) row.getObject(9),
                (Long) row.getObject(10),
                row.getLong(11),
                row.getLong(12));
    }

    private static Purse purse(ResultSet row) throws SQLException {
        return new Purse(
                row.getString(2),
                row.getString(3),
                row.getString(4),
                or(row, 5, Purse.FOREVER),
                row.getInt(6),
                or(row, 7, Purse.NONE),
                row.getLong(8),
                row.getLong(9),
                row.getLong(10),
                row.getLong(11),
                row.getLong(12),
                or(row, 13, Purse.NEVER),
                row.getLong(14));
    }

    private static long or(ResultSet row, int column, long ifNull) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? ifNull : value;
    }
}
