package io.creditrefresh.local.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Accounts as a service has them that has run for a while: they are due at the slots of their users, two in a hundred
 * are on hold, and each was imported and has been refreshed once, in batches of a minute.
 */
public final class BenchAccounts {

    /** What the id of every user begins with; their number follows, from 1. */
    public static final String USER = "bench-";

    private static final String SUBSCRIBERS = """
            INSERT INTO subscriber (created_at, user_id, plan_code, refresh_hold)
            SELECT
                ?,
                'bench-' || n,
                CASE WHEN mod(n, 97) < 68 THEN 'free' WHEN mod(n, 97) < 85 THEN 'starter'
                    WHEN mod(n, 97) < 94 THEN 'pro' ELSE 'scale' END,
                mod(n, 49) = 0
            FROM generate_series(1, ?) n
            """;

    // The slot is the first 8 bytes of the hash modulo 1440, taken in two halves: 2^32 modulo 1440 is 256. Periods end
    // within the day before the slot, so that it is the next slot after them.
    private static final String ACCOUNTS = """
            WITH numbered AS (
                SELECT
                    id,
                    plan_code,
                    refresh_hold,
                    substr(user_id, 7)::bigint AS n,
                    encode(sha256(convert_to(user_id, 'UTF8')), 'hex') AS hash
                FROM subscriber
                WHERE user_id LIKE 'bench-%%'
            ),
            scheduled AS (
                SELECT
                    id,
                    plan_code,
                    refresh_hold,
                    n,
                    ? + %s * interval '24 hours' + interval '1 minute' * mod(
                        mod(('x' || substr(hash, 1, 8))::bit(32)::bigint, 1440) * 256
                            + ('x' || substr(hash, 9, 8))::bit(32)::bigint,
                        1440) AS slot_at
                FROM numbered
            )
            INSERT INTO credit_account (
                subscriber_id, kind, plan, allowance, bonus, granted_this_period, period_start, period_end, refresh_at,
                phase, version)
            SELECT
                s.id,
                'credits',
                s.plan_code,
                p.amount,
                CASE WHEN mod(s.n, 7) = 0 THEN mod(s.n, 1000) ELSE 0 END,
                p.amount,
                s.slot_at - mod(s.n * 7919, 86400) * interval '1 second' - interval '720 hours',
                s.slot_at - mod(s.n * 7919, 86400) * interval '1 second',
                CASE WHEN NOT s.refresh_hold THEN s.slot_at END,
                CASE WHEN NOT s.refresh_hold THEN mod(date_part('epoch', s.slot_at)::bigint / 60, 43200) END,
                2
            FROM scheduled s
            JOIN plan_allowance p ON p.plan_code = s.plan_code AND p.kind = 'credits'
            ORDER BY s.n
            """;

    private static final String IMPORTS = """
            INSERT INTO ledger_entry (
                account_id, seq, type, amount, balance_before, balance_after, period_start, actor, created_at)
            SELECT
                id,
                1,
                'IMPORT',
                mod(id, allowance) + bonus,
                0,
                mod(id, allowance) + bonus,
                period_start - interval '720 hours',
                'bench',
                period_start - interval '720 hours'
            FROM credit_account
            ORDER BY id
            """;

    private static final String REFRESHES = """
            INSERT INTO ledger_entry (
                account_id, seq, type, amount, balance_before, balance_after, granted, lapsed, carried, period_start,
                run_date, actor, created_at)
            SELECT
                id,
                2,
                'REFRESH',
                allowance - mod(id, allowance),
                mod(id, allowance) + bonus,
                allowance + bonus,
                allowance,
                mod(id, allowance),
                0,
                period_start,
                (refreshed_at AT TIME ZONE 'UTC')::date,
                'bench',
                refreshed_at
            FROM credit_account
            CROSS JOIN LATERAL (
                SELECT coalesce(refresh_at - interval '720 hours', period_start)
            ) r (refreshed_at)
            ORDER BY refreshed_at
            """;

    private static final String BATCHES = """
            INSERT INTO refresh_batch (
                started_at, finished_at, busy_micros, run_date, refreshed, skipped, already, failed, applied_by)
            SELECT
                min(created_at),
                max(created_at),
                5000 + 30 * count(*),
                run_date,
                count(*),
                0,
                0,
                0,
                'bench'
            FROM ledger_entry
            WHERE type = 'REFRESH'
            GROUP BY run_date, floor(date_part('epoch', created_at) / 60)
            ORDER BY 1
            """;

    private static final int HELD_ONE_IN = 49;

    private BenchAccounts() {}

    /**
     * Creates accounts in an empty database, an equal part of them due on each of 30 days.
     *
     * @param connection of the superuser, in no transaction
     * @param count 1 and more
     * @param today first of the 30 days
     */
    public static void create(Connection connection, int count, LocalDate today) throws SQLException {
        create(connection, count, "mod(n, 30)", today);
    }

    /**
     * Creates accounts in an empty database that are due on two days, those on hold not counted.
     *
     * @param connection of the superuser, in no transaction
     * @param first so many on the first day, 1 and more
     * @param second so many on the day after it
     */
    public static void createDue(Connection connection, int first, int second, LocalDate firstDay) throws SQLException {
        var onFirstDay = withHeld(first);
        create(
                connection,
                withHeld(first + second),
                "CASE WHEN n <= %d THEN 0 ELSE 1 END".formatted(onFirstDay),
                firstDay);
    }

    /** So many accounts have {@code due} among them that are not on hold. */
    static int withHeld(int due) {
        return due + (due - 1) / (HELD_ONE_IN - 1);
    }

    private static void create(Connection connection, int count, String day, LocalDate today) throws SQLException {
        var start = today.atStartOfDay().atOffset(ZoneOffset.UTC);
        try (var insert = connection.prepareStatement(SUBSCRIBERS)) {
            insert.setObject(1, start.minusDays(60));
            insert.setInt(2, count);
            insert.executeUpdate();
        }
        try (var insert = connection.prepareStatement(ACCOUNTS.formatted(day))) {
            insert.setObject(1, start);
            insert.executeUpdate();
        }
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(IMPORTS);
            statement.executeUpdate(REFRESHES);
            statement.executeUpdate(BATCHES);
        }
    }

    /** Brings tables and disk to rest after so many rows, as a service that has run for a while finds them. */
    public static void settle(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("VACUUM (ANALYZE)");
            statement.execute("CHECKPOINT");
        }
    }
}
