package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.schedule.BacklogPosition;
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
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.postgresql.PGStatement;

/**
 * Counts what is left to refresh, and what has failed: the one definition of these numbers for the planner's gauges and
 * for the snapshot of a run. It reads accounts, failures and the planner's position, and no batches.
 */
public final class BacklogStore {

    /** A failure counts for its account's present period only, and while the account is on the schedule. */
    static final String IS_PRESENT = """
            a.id = f.account_id
                AND a.period_end = f.due_at
                AND a.refresh_at IS NOT NULL""";

    /** A settled second behind which nothing lies. */
    private static final long BEFORE_ALL = 0;

    private static final String COUNT = """
            SELECT
                count(*) FILTER (
                    WHERE a.refresh_at >= t.today
                        AND f.state IS NULL),
                count(*) FILTER (
                    WHERE a.refresh_at >= t.today
                        AND f.state IS NULL
                        AND ((a.phase, a.id) <= (t.watermark_phase, t.watermark_account_id)
                            OR (a.id <= t.backlog_account_id AND a.refresh_at <= t.backlog_end))),
                count(*) FILTER (
                    WHERE a.refresh_at >= t.today
                        AND f.state = 'retrying'),
                count(*) FILTER (
                    WHERE a.refresh_at >= t.today
                        AND f.state = 'exhausted'),
                count(*) FILTER (
                    WHERE a.refresh_at < t.today
                        AND f.state IS NULL),
                count(*) FILTER (
                    WHERE a.refresh_at < t.settled
                        AND f.state IS NULL),
                date_part('epoch', min(a.refresh_at) FILTER (
                    WHERE a.refresh_at <= t.now
                        AND f.state IS NULL))::bigint,
                date_part('epoch', min(a.refresh_at) FILTER (
                    WHERE a.refresh_at > t.now))::bigint
            FROM credit_account a
            CROSS JOIN (
                SELECT
                    to_timestamp(?) AS today,
                    to_timestamp(?) AS tomorrow,
                    to_timestamp(?) AS now,
                    to_timestamp(?) AS settled,
                    ?::bigint AS watermark_phase,
                    ?::bigint AS watermark_account_id,
                    to_timestamp(?) AS backlog_end,
                    ?::bigint AS backlog_account_id
            ) t
            LEFT JOIN refresh_failure f ON %s
            WHERE a.phase BETWEEN ? AND ?
                AND a.refresh_at < t.tomorrow
            """.formatted(IS_PRESENT);

    private static final String FAILURES = """
            SELECT
                count(*) FILTER (WHERE f.state = 'retrying'),
                count(*) FILTER (WHERE f.state = 'exhausted')
            FROM refresh_failure f
            JOIN credit_account a ON %s
            """.formatted(IS_PRESENT);

    private BacklogStore() {}

    /**
     * The scheduled accounts that are to be refreshed up to the end of today, as far as they lie in the slots that were
     * read: numbers of accounts by what has become of them. All but {@code retrying} and {@code exhausted} are of
     * accounts without a failure.
     *
     * @param pending of today's run, due or coming
     * @param inFlight those of {@code pending} that the planner has passed
     * @param retrying of today's run, failed and tried again
     * @param exhausted of today's run, out of retries
     * @param overdue of earlier runs
     * @param unaccounted behind the settled minute: emitted, and neither refreshed nor failed
     * @param oldestDue the oldest {@code refresh_at} that has come
     * @param nextToday the next {@code refresh_at} to come today, of any account
     * @param fromMinute epoch minute of the first slot that was read; the last one is the last of today
     */
    public record Backlog(
            long pending,
            long inFlight,
            long retrying,
            long exhausted,
            long overdue,
            long unaccounted,
            Optional<Instant> oldestDue,
            Optional<Instant> nextToday,
            long fromMinute) {}

    /** Numbers of scheduled accounts with a failure of their present period, whatever their run. */
    public record Failures(long retrying, long exhausted) {}

    /**
     * Counts what is left to do, in two statements, or three when the slots go past the end of the circle. It reads the
     * accounts of yesterday's and today's slots; after an outage those of all that the planner has not settled and of the
     * day before, 30 days at most. What was lost longer ago than that is not seen; the planner's daily sweep of all
     * phases emits it again.
     *
     * @param refreshesByItself whether anybody refreshes by himself; if not, nothing is unaccounted for
     */
    public static Backlog count(Connection connection, Instant now, boolean refreshesByItself) throws SQLException {
        Optional<PlannerPosition> position = PositionStore.read(connection);
        Watermark watermark = position.map(PlannerPosition::watermark).orElse(Watermark.endOf(0));
        BacklogPosition backlog = position.flatMap(PlannerPosition::backlog).orElse(BacklogPosition.beginningUpTo(0));
        RunDay today = RunDay.of(now);
        long fromMinute = fromMinute(position, today);
        try (PreparedStatement select = connection.prepareStatement(COUNT)) {
            // Planned for the phases that it is given: a plan for any phases takes a day on which most accounts are due
            // for a small one.
            select.unwrap(PGStatement.class).setPrepareThreshold(0);
            select.setLong(1, today.firstSecond());
            select.setLong(2, today.endSecond());
            select.setLong(3, now.getEpochSecond());
            select.setLong(4, refreshesByItself ? settledSecond(position, now) : BEFORE_ALL);
            select.setLong(5, phaseToday(watermark, today));
            select.setLong(6, watermark.accountId());
            select.setLong(7, backlog.minute() * 60);
            select.setLong(8, backlog.accountId());
            Backlog all = new Backlog(0, 0, 0, 0, 0, 0, Optional.empty(), Optional.empty(), fromMinute);
            for (Phases phases : Phases.between(fromMinute, today.endMinute())) {
                select.setInt(9, phases.first());
                select.setInt(10, phases.last());
                all = sum(all, select);
            }
            return all;
        }
    }

    /** Counts failures, in one statement that reads all of them. */
    public static Failures failures(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(FAILURES);
                ResultSet row = select.executeQuery()) {
            row.next();
            return new Failures(row.getLong(1), row.getLong(2));
        }
    }

    private static long fromMinute(Optional<PlannerPosition> position, RunDay today) {
        long yesterday = today.firstMinute() - Slot.MINUTES_PER_DAY;
        long notSettled = position.map(
                        where -> where.settledMinute().orElse(where.watermark().minute()))
                .orElse(today.firstMinute());
        long from = Math.min(yesterday, notSettled - Slot.MINUTES_PER_DAY);
        return Math.max(from, today.endMinute() - Phase.MINUTES);
    }

    /** The second before which every account should have been refreshed; not one to come, should the clock be set back. */
    private static long settledSecond(Optional<PlannerPosition> position, Instant now) {
        return position.map(PlannerPosition::settledMinute).stream()
                .flatMapToLong(OptionalLong::stream)
                .map(settled -> Math.min((settled + 1) * 60, now.getEpochSecond() + 1))
                .findFirst()
                .orElse(BEFORE_ALL);
    }

    /** Where the watermark stands in the order of today's phases: before all of them if it is of an earlier day. */
    private static long phaseToday(Watermark watermark, RunDay today) {
        return today.phases().first() + watermark.minute() - today.firstMinute();
    }

    private static Backlog sum(Backlog before, PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            row.next();
            return new Backlog(
                    before.pending + row.getLong(1),
                    before.inFlight + row.getLong(2),
                    before.retrying + row.getLong(3),
                    before.exhausted + row.getLong(4),
                    before.overdue + row.getLong(5),
                    before.unaccounted + row.getLong(6),
                    earliest(before.oldestDue, row, 7),
                    earliest(before.nextToday, row, 8),
                    before.fromMinute);
        }
    }

    private static Optional<Instant> earliest(Optional<Instant> before, ResultSet row, int column) throws SQLException {
        long epochSecond = row.getLong(column);
        Stream<Instant> read = row.wasNull() ? Stream.empty() : Stream.of(Instant.ofEpochSecond(epochSecond));
        return Stream.concat(before.stream(), read).min(Comparator.naturalOrder());
    }
}
