package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.schedule.Phase;
import io.creditrefresh.ledger.schedule.Slot;
import io.creditrefresh.ledger.schedule.Watermark;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.postgresql.PGStatement;

/**
 * Counts what is left to refresh, and what has failed: the one definition of these numbers for the planner's gauges and
 * for the snapshot of a run. It reads accounts, failures and the planner's position, and no batches.
 */
public final class BacklogStore {

    /** A failure counts for its account's present period only, and while the account is on the schedule. */
    static final String PRESENT_FAILURES = """
            FROM refresh_failure f
            JOIN credit_account a ON a.id = f.account_id
                AND a.period_end = f.due_at
                AND a.refresh_at IS NOT NULL""";

    /** A settled second behind which nothing lies. */
    private static final long BEFORE_ALL = 0;

    private static final String COUNT = """
            SELECT
                count(*) FILTER (
                    WHERE f.account_id IS NULL
                        AND a.refresh_at >= t.today
                        AND a.refresh_at < t.tomorrow),
                count(*) FILTER (
                    WHERE f.account_id IS NULL
                        AND a.refresh_at >= t.today
                        AND a.refresh_at < t.tomorrow
                        AND (a.phase, a.id) <= (t.watermark_phase, t.watermark_account_id)),
                count(*) FILTER (
                    WHERE f.account_id IS NULL
                        AND a.refresh_at < t.today),
                count(*) FILTER (
                    WHERE f.account_id IS NULL
                        AND a.refresh_at < t.settled),
                date_part('epoch', min(a.refresh_at) FILTER (
                    WHERE f.account_id IS NULL
                        AND a.refresh_at <= t.now))::bigint,
                date_part('epoch', min(a.refresh_at) FILTER (
                    WHERE a.refresh_at > t.now))::bigint
            FROM credit_account a
            CROSS JOIN (
                SELECT
                    to_timestamp(?) AS today,
                    to_timestamp(?) AS tomorrow,
                    to_timestamp(?) AS now,
                    to_timestamp(?) AS settled,
                    ?::integer AS watermark_phase,
                    ?::bigint AS watermark_account_id
            ) t
            LEFT JOIN refresh_failure f ON f.account_id = a.id
                AND f.due_at = a.period_end
            WHERE a.phase BETWEEN ? AND ?
            """;

    private static final String FAILURES = """
            SELECT
                count(*) FILTER (WHERE f.state = 'retrying'),
                count(*) FILTER (WHERE f.state = 'exhausted'),
                count(*) FILTER (WHERE f.state = 'retrying' AND a.refresh_at >= t.today AND a.refresh_at < t.tomorrow),
                count(*) FILTER (WHERE f.state = 'exhausted' AND a.refresh_at >= t.today AND a.refresh_at < t.tomorrow)
            %s
            CROSS JOIN (
                SELECT
                    to_timestamp(?) AS today,
                    to_timestamp(?) AS tomorrow
            ) t
            """.formatted(PRESENT_FAILURES);

    private BacklogStore() {}

    /**
     * Accounts that are to be refreshed up to the end of today and have no failure, as far as they lie in the slots that
     * were read.
     *
     * @param pending number of accounts of today's run, due or coming
     * @param inFlight number of those that the planner's watermark has passed
     * @param overdue number of accounts of earlier runs
     * @param unaccounted number of those behind the settled minute: emitted, and neither refreshed nor failed
     * @param oldestDue the oldest {@code refresh_at} that has come
     * @param nextSeen the first {@code refresh_at} to come in the slots that were read, of any account
     * @param fromMinute epoch minute of the first slot that was read; the last one is the last of today
     */
    public record Backlog(
            long pending,
            long inFlight,
            long overdue,
            long unaccounted,
            Optional<Instant> oldestDue,
            Optional<Instant> nextSeen,
            long fromMinute) {}

    /** Number of scheduled accounts with a failure of their present period: of all runs, and of today's. */
    public record Failures(long retrying, long exhausted, long retryingToday, long exhaustedToday) {}

    /**
     * Counts what is left to do, in two or three statements. It reads the slots of yesterday and today; after an outage
     * all that the planner has not settled, and the day before, 30 days at most: all accounts of these slots, and no
     * others. What was lost longer ago than that is not seen; the planner's daily sweep emits it again.
     *
     * @param refreshesByItself whether anybody refreshes by himself; if not, nothing is unaccounted for
     */
    public static Backlog count(Connection connection, Instant now, boolean refreshesByItself) throws SQLException {
        Optional<PlannerPosition> position = PositionStore.read(connection);
        RunDay today = RunDay.of(now);
        long first = firstMinute(position, today);
        try (PreparedStatement select = connection.prepareStatement(COUNT)) {
            // Planned for the range that it is given: a plan for any range would take a day with most of the accounts
            // in
            // it for a small one.
            select.unwrap(PGStatement.class).setPrepareThreshold(0);
            Watermark watermark = position.map(PlannerPosition::watermark).orElse(Watermark.endOf(0));
            select.setLong(1, today.firstSecond());
            select.setLong(2, today.endSecond());
            select.setLong(3, now.getEpochSecond());
            select.setLong(4, refreshesByItself ? settledSecond(position, now) : BEFORE_ALL);
            select.setInt(5, phaseInOrder(watermark, today));
            select.setLong(6, watermark.accountId());
            int firstPhase = Phase.ofMinute(first);
            if (firstPhase <= today.lastPhase()) {
                return read(select, firstPhase, today.lastPhase(), first);
            }
            return sum(read(select, firstPhase, Phase.MINUTES - 1, first), read(select, 0, today.lastPhase(), first));
        }
    }

    /** Counts failures, in one statement that reads all of them. */
    public static Failures failures(Connection connection, Instant now) throws SQLException {
        RunDay today = RunDay.of(now);
        try (var select = connection.prepareStatement(FAILURES)) {
            select.setLong(1, today.firstSecond());
            select.setLong(2, today.endSecond());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new Failures(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
            }
        }
    }

    private static long firstMinute(Optional<PlannerPosition> position, RunDay today) {
        long yesterday = today.firstMinute() - Slot.MINUTES_PER_DAY;
        long notSettled = position.map(
                        where -> where.settledMinute().orElse(where.watermark().minute()))
                .orElse(Long.MAX_VALUE);
        long first = Math.min(yesterday, notSettled - Slot.MINUTES_PER_DAY);
        return Math.max(first, today.endMinute() - Phase.MINUTES);
    }

    /** The second before which every account should have been refreshed; never one to come, should the clock be set back. */
    private static long settledSecond(Optional<PlannerPosition> position, Instant now) {
        if (position.isEmpty() || position.get().settledMinute().isEmpty()) {
            return BEFORE_ALL;
        }
        long settled = position.get().settledMinute().getAsLong();
        return Math.min((settled + 1) * 60, now.getEpochSecond() + 1);
    }

    /** The watermark's phase; of an earlier day the one before today's first, of a later day the one after its last. */
    private static int phaseInOrder(Watermark watermark, RunDay today) {
        long minuteOfToday = watermark.minute() - today.firstMinute();
        return today.firstPhase() + (int) Math.max(-1, Math.min(minuteOfToday, Slot.MINUTES_PER_DAY));
    }

    private static Backlog read(PreparedStatement select, int fromPhase, int toPhase, long firstMinute)
            throws SQLException {
        select.setInt(7, fromPhase);
        select.setInt(8, toPhase);
        try (ResultSet row = select.executeQuery()) {
            row.next();
            return new Backlog(
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    instant(row, 5),
                    instant(row, 6),
                    firstMinute);
        }
    }

    private static Backlog sum(Backlog one, Backlog other) {
        return new Backlog(
                one.pending + other.pending,
                one.inFlight + other.inFlight,
                one.overdue + other.overdue,
                one.unaccounted + other.unaccounted,
                earlier(one.oldestDue, other.oldestDue),
                earlier(one.nextSeen, other.nextSeen),
                one.fromMinute);
    }

    private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        return Stream.of(one, other).flatMap(Optional::stream).min(Comparator.naturalOrder());
    }

    private static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
        long epochSecond = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(epochSecond));
    }
}
