package io.creditrefresh.local.bench.round;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * The yardstick: one statement that moves every account of a day into its next period and writes the entries, to the
 * same tables and with the same result as the pipeline. It knows only what the accounts of a benchmark need: no
 * cancelled plan, no chosen day of the month, no period that was missed.
 */
public final class PlainStatement {

    private static final String STATEMENT = """
            WITH refreshed AS (
                UPDATE credit_account a
                SET
                    allowance = coalesce(a.custom_allowance, p.amount),
                    bonus = a.bonus + LEAST(a.allowance, p.rollover_cap),
                    granted_this_period = coalesce(a.custom_allowance, p.amount),
                    period_start = a.period_end,
                    period_end = a.period_end + interval '720 hours',
                    refresh_at = a.refresh_at + interval '720 hours',
                    version = a.version + 1
                FROM plan_allowance p
                WHERE %s
                    AND p.plan_code = a.plan
                    AND p.kind = a.kind
                RETURNING
                    new.id, new.version, new.allowance AS granted, new.bonus, new.period_start,
                    old.allowance AS leftover, old.bonus AS old_bonus, old.refresh_at AS due_at
            )
            INSERT INTO ledger_entry (
                account_id, seq, type, amount, balance_before, balance_after, granted, lapsed, carried,
                period_start, run_date, actor, created_at)
            SELECT
                id,
                version,
                'REFRESH',
                granted - leftover + bonus - old_bonus,
                old_bonus + leftover,
                bonus + granted,
                granted,
                leftover - (bonus - old_bonus),
                bonus - old_bonus,
                period_start,
                (due_at AT TIME ZONE 'UTC')::date,
                'worker',
                ?
            FROM refreshed
            """;

    private static final String REFRESH_DAY = STATEMENT.formatted("a.refresh_at >= ? AND a.refresh_at < ?");
    private static final String REFRESH_ONE = STATEMENT.formatted("a.id = ? AND a.refresh_at <= ?");

    private PlainStatement() {}

    /**
     * Refreshes all accounts that were due on a day.
     *
     * @return how many
     */
    public static int run(Connection connection, LocalDate day, Instant now) throws SQLException {
        try (var refresh = connection.prepareStatement(REFRESH_DAY)) {
            var start = day.atStartOfDay().atOffset(ZoneOffset.UTC);
            refresh.setObject(1, start);
            refresh.setObject(2, start.plusDays(1));
            refresh.setObject(3, now.atOffset(ZoneOffset.UTC));
            return refresh.executeUpdate();
        }
    }

    /** Refreshes one account if it is due. */
    public static void runOne(Connection connection, long accountId, Instant now) throws SQLException {
        try (var refresh = connection.prepareStatement(REFRESH_ONE)) {
            var time = now.atOffset(ZoneOffset.UTC);
            refresh.setLong(1, accountId);
            refresh.setObject(2, time);
            refresh.setObject(3, time);
            refresh.executeUpdate();
        }
    }
}
