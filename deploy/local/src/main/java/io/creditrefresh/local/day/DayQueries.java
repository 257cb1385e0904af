package io.creditrefresh.local.day;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the database says about one day of refreshing. The caller owns the connection. */
public final class DayQueries {

    // As seen before the first refresh of the day.
    private static final String DUE = """
            SELECT count(*)
            FROM credit_account
            WHERE period_end < ?
            """;

    private static final String BATCHES = """
            SELECT coalesce(sum(refreshed), 0)
            FROM refresh_batch
            WHERE run_date = ?
            """;

    private static final String HELD = """
            SELECT count(*)
            FROM credit_account
            WHERE phase IS NULL
                AND period_end < ?
            """;

    private static final String FAILED = """
            SELECT count(*)
            FROM refresh_failure f
            JOIN credit_account a ON a.id = f.account_id AND a.period_end = f.due_at
            WHERE f.due_at < ?
            """;

    private static final String OPEN = """
            SELECT count(*)
            FROM credit_account a
            WHERE a.refresh_at < ?
                AND NOT EXISTS (
                    SELECT FROM refresh_failure f
                    WHERE f.account_id = a.id AND f.due_at = a.period_end)
            """;

    private static final String NEXT_DAY = """
            SELECT count(*)
            FROM credit_account
            WHERE period_end < ?
                AND refresh_at >= ?
            """;

    private static final String REFRESHED_ACCOUNTS = """
            SELECT count(DISTINCT account_id)
            FROM ledger_entry
            WHERE type = 'REFRESH'
                AND run_date = ?
            """;

    private static final String REFRESH_ENTRIES = """
            SELECT count(*)
            FROM ledger_entry
            WHERE type = 'REFRESH'
                AND run_date = ?
            """;

    private static final String PER_HOUR = """
            SELECT floor(date_part('epoch', created_at - ?) / 3600)::integer, count(*)
            FROM ledger_entry
            WHERE type = 'REFRESH'
                AND run_date = ?
            GROUP BY 1
            """;

    private static final String BUSIEST_SLOT = """
            SELECT a.phase % 1440, count(*)
            FROM ledger_entry e
            JOIN credit_account a ON a.id = e.account_id
            WHERE e.type = 'REFRESH'
                AND e.run_date = ?
                AND a.phase IS NOT NULL
            GROUP BY 1
            ORDER BY 2 DESC, 1
            LIMIT 1
            """;

    private static final String PER_PLAN = """
            SELECT a.plan, count(*)
            FROM ledger_entry e
            JOIN credit_account a ON a.id = e.account_id
            WHERE e.type = 'REFRESH'
                AND e.run_date = ?
            GROUP BY 1
            ORDER BY 2 DESC, 1
            """;

    // One whose id needs no quotes, if there is one.
    private static final String SOMEBODY_REFRESHED = """
            SELECT s.user_id
            FROM ledger_entry e
            JOIN credit_account a ON a.id = e.account_id
            JOIN subscriber s ON s.id = a.subscriber_id
            WHERE e.type = 'REFRESH'
                AND e.run_date = ?
            ORDER BY s.user_id !~ '^[A-Za-z0-9@._-]+$', e.account_id
            LIMIT 1
            """;

    private static final String SOMEBODY = """
            SELECT user_id
            FROM subscriber
            ORDER BY user_id !~ '^[A-Za-z0-9@._-]+$', id
            LIMIT 1
            """;

    private final Connection connection;

    public DayQueries(Connection connection) {
        this.connection = connection;
    }

    /** Accounts whose period ended before {@code end}. */
    public long due(Instant end) throws SQLException {
        return count(DUE, end);
    }

    /** Refreshes that the batches of the day count. */
    public long inBatches(LocalDate date) throws SQLException {
        return count(BATCHES, date);
    }

    /** Accounts off the schedule whose period ended before {@code end}. */
    long held(Instant end) throws SQLException {
        return count(HELD, end);
    }

    /** Accounts with a failed refresh of the period that ended before {@code end}. */
    long failed(Instant end) throws SQLException {
        return count(FAILED, end);
    }

    /** Accounts whose refresh belonged before {@code end} and that were neither refreshed nor failed. */
    long open(Instant end) throws SQLException {
        return count(OPEN, end);
    }

    /** Accounts whose period ended before {@code end}, but whose slot comes after it. */
    long nextDay(Instant end) throws SQLException {
        return count(NEXT_DAY, end, end);
    }

    long refreshedAccounts(LocalDate date) throws SQLException {
        return count(REFRESHED_ACCOUNTS, date);
    }

    long refreshEntries(LocalDate date) throws SQLException {
        return count(REFRESH_ENTRIES, date);
    }

    /** Refreshes written in each hour of the day; later ones count for the last hour. */
    List<Long> refreshedPerHour(LocalDate date) throws SQLException {
        var hours = new long[24];
        for (var hour : counts(PER_HOUR, SimulatedDay.startOf(date), date).entrySet()) {
            hours[Math.max(0, Math.min(23, Integer.parseInt(hour.getKey())))] += hour.getValue();
        }
        var counts = new ArrayList<Long>();
        for (var hour : hours) {
            counts.add(hour);
        }
        return counts;
    }

    /** The minute of the day with the most refreshes, and their number; empty when there was none. */
    Map<String, Long> busiestSlot(LocalDate date) throws SQLException {
        return counts(BUSIEST_SLOT, date);
    }

    /** Refreshes by plan, most first. */
    Map<String, Long> refreshedPerPlan(LocalDate date) throws SQLException {
        return counts(PER_PLAN, date);
    }

    /** The id of a user who was refreshed that day, else of any user; empty when there is none. */
    public Optional<String> somebody(LocalDate date) throws SQLException {
        var refreshed = text(SOMEBODY_REFRESHED, date);
        return refreshed.isPresent() ? refreshed : text(SOMEBODY);
    }

    private Optional<String> text(String sql, Object... parameters) throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            bind(select, parameters);
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    private long count(String sql, Object... parameters) throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            bind(select, parameters);
            try (var row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private Map<String, Long> counts(String sql, Object... parameters) throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            bind(select, parameters);
            try (var rows = select.executeQuery()) {
                var counts = new LinkedHashMap<String, Long>();
                while (rows.next()) {
                    counts.put(rows.getString(1), rows.getLong(2));
                }
                return counts;
            }
        }
    }

    private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            var parameter = parameters[i] instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : parameters[i];
            statement.setObject(i + 1, parameter);
        }
    }
}
