package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.bulk.BulkItem;
import io.creditrefresh.ledger.bulk.BulkResult;
import io.creditrefresh.ledger.movement.Entry;
import io.creditrefresh.ledger.override.Restoration.BadRefresh;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@code bulk_item}, on the way from the planner to the ledger. */
public final class BulkItemStore {

    private static final String TAKE = """
            UPDATE bulk_item i
            SET next_emission_at = to_timestamp(?)
            FROM (
                SELECT job_id, account_id, refresh_seq
                FROM bulk_item
                WHERE job_id = ?
                    AND state = 'open'
                    AND account_id > ?
                    AND (next_emission_at IS NULL OR next_emission_at <= to_timestamp(?))
                ORDER BY account_id
                LIMIT ?
                FOR UPDATE SKIP LOCKED
            ) AS open
            WHERE i.job_id = open.job_id
                AND i.account_id = open.account_id
                AND i.refresh_seq = open.refresh_seq
            RETURNING i.account_id
            """;

    private static final String LOCK_OPEN = """
            SELECT account_id, refresh_seq
            FROM bulk_item
            WHERE job_id = ?
                AND account_id = ANY (?)
                AND state = 'open'
            ORDER BY account_id, refresh_seq
            FOR UPDATE
            """;

    private static final String BAD_REFRESHES = """
            SELECT e.account_id, e.seq, date_part('epoch', e.period_start)::bigint, e.amount
            FROM unnest(?, ?) AS i (account_id, seq)
            JOIN ledger_entry e ON e.account_id = i.account_id AND e.seq = i.seq
            """;

    private static final String TAKEN = """
            SELECT i.account_id, i.seq
            FROM unnest(?, ?, ?) AS i (account_id, seq, idempotency_key)
            JOIN ledger_entry e ON e.account_id = i.account_id AND e.idempotency_key = i.idempotency_key
            """;

    private static final String COMPLETE = """
            UPDATE bulk_item i
            SET
                state = r.state,
                entry_type = r.entry_type,
                entry_seq = r.entry_seq,
                amount = r.amount,
                balance_before = r.balance_before,
                balance_after = r.balance_after,
                error = r.error
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?) AS r (
                account_id, refresh_seq, state, entry_type, entry_seq, amount, balance_before, balance_after, error)
            WHERE i.job_id = ?
                AND i.account_id = r.account_id
                AND i.refresh_seq = r.refresh_seq
            """;

    private BulkItemStore() {}

    /**
     * Takes the next open items of a job that were not emitted lately.
     *
     * @param after only accounts with a greater id
     * @param again when those that are then still open are emitted again
     * @return ids of their accounts, in order, each once; fewer than {@code limit} at the end
     */
    public static List<Long> take(Connection connection, long jobId, long after, Instant now, Instant again, int limit)
            throws SQLException {
        try (var take = connection.prepareStatement(TAKE)) {
            take.setLong(1, again.getEpochSecond());
            take.setLong(2, jobId);
            take.setLong(3, after);
            take.setLong(4, now.getEpochSecond());
            take.setInt(5, limit);
            try (ResultSet rows = take.executeQuery()) {
                List<Long> accounts = new ArrayList<>();
                while (rows.next()) {
                    accounts.add(rows.getLong(1));
                }
                return accounts.stream().sorted().distinct().toList();
            }
        }
    }

    /** The open items of some accounts, locked. */
    public static List<BulkItem> lockOpen(Connection connection, long jobId, long[] accountIds) throws SQLException {
        try (var select = connection.prepareStatement(LOCK_OPEN)) {
            select.setLong(1, jobId);
            select.setArray(2, Columns.longs(connection, accountIds));
            try (ResultSet rows = select.executeQuery()) {
                List<BulkItem> items = new ArrayList<>();
                while (rows.next()) {
                    items.add(new BulkItem(rows.getLong(1), rows.getLong(2)));
                }
                return items;
            }
        }
    }

    /** The refreshes that items are to take back. */
    public static Map<BulkItem, BadRefresh> badRefreshes(Connection connection, List<BulkItem> items)
            throws SQLException {
        Columns<BulkItem> columns = new Columns<>(connection, items);
        try (var select = connection.prepareStatement(BAD_REFRESHES)) {
            select.setArray(1, columns.longs(BulkItem::accountId));
            select.setArray(2, columns.longs(BulkItem::refreshSeq));
            try (ResultSet rows = select.executeQuery()) {
                Map<BulkItem, BadRefresh> found = new HashMap<>();
                while (rows.next()) {
                    BadRefresh bad = new BadRefresh(
                            rows.getLong(1), rows.getLong(2), Instant.ofEpochSecond(rows.getLong(3)), rows.getLong(4));
                    found.put(new BulkItem(bad.accountId(), bad.seq()), bad);
                }
                return found;
            }
        }
    }

    /** Which of these refreshes were taken back before. */
    public static Set<BadRefresh> taken(Connection connection, List<BadRefresh> refreshes) throws SQLException {
        Map<BulkItem, BadRefresh> byItem = new HashMap<>();
        refreshes.forEach(bad -> byItem.put(new BulkItem(bad.accountId(), bad.seq()), bad));
        Columns<BadRefresh> columns = new Columns<>(connection, refreshes);
        try (var select = connection.prepareStatement(TAKEN)) {
            select.setArray(1, columns.longs(BadRefresh::accountId));
            select.setArray(2, columns.longs(BadRefresh::seq));
            select.setArray(3, columns.texts(BadRefresh::idempotencyKey));
            try (ResultSet rows = select.executeQuery()) {
                Set<BadRefresh> taken = new HashSet<>();
                while (rows.next()) {
                    BadRefresh bad = byItem.get(new BulkItem(rows.getLong(1), rows.getLong(2)));
                    if (bad != null) {
                        taken.add(bad);
                    }
                }
                return taken;
            }
        }
    }

    /** Writes down what became of items. */
    public static void complete(Connection connection, long jobId, List<BulkResult> results) throws SQLException {
        Columns<BulkResult> columns = new Columns<>(connection, results);
        try (var update = connection.prepareStatement(COMPLETE)) {
            update.setArray(1, columns.longs(result -> result.item().accountId()));
            update.setArray(2, columns.longs(result -> result.item().refreshSeq()));
            update.setArray(3, columns.texts(result -> result.fate().code()));
            update.setArray(
                    4, columns.nullable("text", ofEntry(entry -> entry.type().name())));
            update.setArray(5, columns.nullable("int8", ofEntry(Entry::seq)));
            update.setArray(6, columns.nullable("int8", ofEntry(Entry::amount)));
            update.setArray(7, columns.nullable("int8", ofEntry(Entry::balanceBefore)));
            update.setArray(8, columns.nullable("int8", ofEntry(Entry::balanceAfter)));
            update.setArray(9, columns.nullable("text", BulkResult::error));
            update.setLong(10, jobId);
            update.executeUpdate();
        }
    }

    private static Function<BulkResult, @Nullable Object> ofEntry(Function<Entry, Object> column) {
        return result -> result.entry().map(column).orElse(null);
    }
}
