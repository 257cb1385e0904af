package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.refresh.Refresh;
import io.creditrefresh.ledger.schedule.Phase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads accounts and writes their refreshes: one row update and one row insert each. */
public final class RefreshStore {

    private static final String ACCOUNTS = """
            SELECT
                %s
            FROM credit_account a
            WHERE a.id = ANY (?)
            """.formatted(AccountRows.COLUMNS);

    private static final String LOCK = """
            %sORDER BY a.id
            FOR UPDATE
            """.formatted(ACCOUNTS);

    private static final String LOCK_UNLOCKED = """
            %sORDER BY a.id
            FOR UPDATE SKIP LOCKED
            """.formatted(ACCOUNTS);

    // Compare and set on version: an account that anybody else has changed since it was read is left alone, and gets
    // no entry. A refused entry fails the whole statement, so that account and ledger never disagree.
    private static final String APPLY = """
            WITH refreshed AS (
                UPDATE credit_account a
                SET
                    allowance = r.granted,
                    bonus = r.bonus,
                    granted_this_period = r.granted,
                    period_start = to_timestamp(r.period_start),
                    period_end = to_timestamp(r.period_end),
                    refresh_at = to_timestamp(r.refresh_at),
                    phase = r.phase,
                    version = r.version + 1
                FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS r (
                    account_id, version, granted, bonus, period_start, period_end, refresh_at, phase,
                    due_at, lapsed, carried, withheld, skipped, run_day)
                WHERE a.id = r.account_id
                    AND a.version = r.version
                RETURNING
                    r.account_id, r.version, r.granted, r.bonus, r.period_start, r.due_at, r.lapsed, r.carried,
                    r.withheld, r.skipped, r.run_day
            )
            INSERT INTO ledger_entry (
                account_id, seq, type, amount, balance_before, balance_after, granted, lapsed, carried,
                period_start, run_date, actor, metadata, created_at)
            SELECT
                account_id,
                version + 1,
                'REFRESH',
                granted - lapsed,
                bonus + lapsed,
                granted + bonus,
                granted,
                lapsed,
                carried,
                to_timestamp(period_start),
                date '1970-01-01' + run_day,
                ?,
                CASE WHEN skipped > 0 OR withheld > 0 THEN jsonb_strip_nulls(jsonb_build_object(
                    'skippedPeriods', nullif(skipped, 0),
                    'skippedFromEpochSecond', CASE WHEN skipped > 0 THEN due_at END,
                    'skippedUntilEpochSecond', CASE WHEN skipped > 0 THEN period_start END,
                    'withheld', nullif(withheld, 0))) END,
                to_timestamp(?)
            FROM refreshed
            RETURNING account_id
            """;

    private static final String USER_IDS = """
            SELECT a.id, s.user_id
            FROM credit_account a
            JOIN subscriber s ON s.id = a.subscriber_id
            WHERE a.id = ANY (?)
            """;

    private RefreshStore() {}

    /** The accounts as they are now, by id, without a lock; ids of no account are absent. */
    public static Map<Long, Account> accounts(Connection connection, long[] ids) throws SQLException {
        return read(connection, ACCOUNTS, ids);
    }

    /** The same, locked in id order so that two who lock cannot deadlock. */
    public static Map<Long, Account> lock(Connection connection, long[] ids) throws SQLException {
        return read(connection, LOCK, ids);
    }

    /** The same, but those locked by others are absent, too. */
    public static Map<Long, Account> lockUnlocked(Connection connection, long[] ids) throws SQLException {
        return read(connection, LOCK_UNLOCKED, ids);
    }

    /**
     * Writes refreshes, each only if its account still has the version that it was decided on.
     *
     * @param actor who applies them, for the ledger
     * @return ids of the accounts that were refreshed; the others lost a race and must be decided anew
     */
    public static Set<Long> apply(Connection connection, List<Refresh> refreshes, String actor, Instant now)
            throws SQLException {
        if (refreshes.isEmpty()) {
            return Set.of();
        }
        // In id order: the update then takes its row locks in the same order as everybody else.
        List<Refresh> inOrder = refreshes.stream()
                .sorted(Comparator.comparingLong(refresh -> refresh.before().id()))
                .toList();
        Columns<Refresh> columns = new Columns<>(connection, inOrder);
        try (var write = connection.prepareStatement(APPLY)) {
            write.setArray(1, columns.longs(refresh -> refresh.before().id()));
            write.setArray(2, columns.longs(refresh -> refresh.before().version()));
            write.setArray(3, columns.longs(Refresh::granted));
            write.setArray(4, columns.longs(refresh -> refresh.after().balance().bonus()));
            write.setArray(
                    5, columns.instants(refresh -> refresh.after().period().start()));
            write.setArray(
                    6, columns.instants(refresh -> refresh.after().period().end()));
            write.setArray(7, columns.instants(Refresh::nextRefreshAt));
            write.setArray(8, columns.ints(refresh -> Phase.of(refresh.nextRefreshAt())));
            write.setArray(9, columns.instants(Refresh::dueAt));
            write.setArray(10, columns.longs(Refresh::lapsed));
            write.setArray(11, columns.longs(Refresh::carried));
            write.setArray(12, columns.longs(Refresh::withheld));
            write.setArray(13, columns.ints(Refresh::skippedPeriods));
            write.setArray(14, columns.ints(refresh -> (int) refresh.runDate().toEpochDay()));
            write.setString(15, actor);
            write.setLong(16, now.getEpochSecond());
            return ids(write.executeQuery(), refreshes.size());
        }
    }

    /** External user ids by account id, for log lines that name people. */
    public static Map<Long, String> userIds(Connection connection, long[] accountIds) throws SQLException {
        try (var select = connection.prepareStatement(USER_IDS)) {
            select.setArray(1, Columns.longs(connection, accountIds));
            try (ResultSet rows = select.executeQuery()) {
                Map<Long, String> userIds = new HashMap<>();
                while (rows.next()) {
                    userIds.put(rows.getLong(1), rows.getString(2));
                }
                return userIds;
            }
        }
    }

    private static Map<Long, Account> read(Connection connection, String sql, long[] ids) throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            select.setArray(1, Columns.longs(connection, ids));
            try (ResultSet rows = select.executeQuery()) {
                Map<Long, Account> accounts = new HashMap<>(ids.length * 2);
                while (rows.next()) {
                    Account account = AccountRows.read(rows);
                    accounts.put(account.id(), account);
                }
                return accounts;
            }
        }
    }

    private static Set<Long> ids(ResultSet rows, int expected) throws SQLException {
        try (rows) {
            Set<Long> ids = new HashSet<>(expected * 2);
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
            return ids;
        }
    }
}
