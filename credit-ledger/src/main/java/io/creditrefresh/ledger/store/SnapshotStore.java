package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.run.BatchLine;
import io.creditrefresh.ledger.run.EarlierRun;
import io.creditrefresh.ledger.run.RunNumbers;
import io.creditrefresh.ledger.run.RunSnapshot;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reads how refreshing stands, in one snapshot: all statements see the same moment, and an account that is refreshed
 * meanwhile is counted once.
 */
public final class SnapshotStore {

    private static final int EARLIER_DAYS = 7;
    private static final int FAILURES = 50;
    private static final int BATCHES = 20;

    private static final String HELD = """
            SELECT count(*)
            FROM credit_account
            WHERE phase IS NULL
                AND period_end < to_timestamp(?)
            """;

    private SnapshotStore() {}

    /**
     * Takes a snapshot, in 8 statements: the mode of the transaction, the planner's position, what is left to do and what
     * failed, failures of all runs, held accounts, runs, newest batches, newest failures. Looking across the end of the circle takes one more,
     * and finding the next account when none is left to come today up to 30. It reads the accounts of yesterday's and
     * today's slots, or, after an outage, of more; see {@link BacklogStore#count}.
     *
     * @param connection in no transaction; afterwards its modes are as they were
     * @param refreshesByItself whether anybody refreshes by himself; if not, nothing is unaccounted for
     */
    public static RunSnapshot read(Connection connection, Instant now, boolean refreshesByItself) throws SQLException {
        return OneSnapshot.read(connection, snapshot -> snapshot(snapshot, now, refreshesByItself));
    }

    private static RunSnapshot snapshot(Connection connection, Instant now, boolean refreshesByItself)
            throws SQLException {
        LocalDate today = RunDay.of(now).date();
        BacklogStore.Backlog backlog = BacklogStore.count(connection, now, refreshesByItself);
        List<EarlierRun> runs = RunLines.runs(connection, today.minusDays(EARLIER_DAYS), today);
        EarlierRun ofToday = runs.stream()
                .filter(run -> run.date().equals(today))
                .findFirst()
                .orElse(new EarlierRun(today, OptionalLong.empty(), 0, 0, 0, 0, Duration.ZERO));
        List<BatchLine> batches = RunLines.batches(connection, BATCHES);
        return new RunSnapshot(
                now,
                numbers(connection, now, ofToday, backlog),
                backlog.overdue(),
                failedEarlier(connection, backlog),
                backlog.unaccounted(),
                backlog.oldestDue(),
                batches.stream().map(BatchLine::finishedAt).max(Comparator.naturalOrder()),
                NextRefresh.after(connection, now, backlog),
                ofToday.busy(),
                runs.stream().filter(run -> run.date().isBefore(today)).toList(),
                RunLines.failures(connection, FAILURES),
                batches);
    }

    private static RunNumbers numbers(Connection connection, Instant now, EarlierRun done, BacklogStore.Backlog backlog)
            throws SQLException {
        return new RunNumbers(
                done.date(),
                done.planned(),
                done.refreshed(),
                backlog.retrying(),
                backlog.exhausted(),
                backlog.pending(),
                backlog.inFlight(),
                held(connection, now));
    }

    private static long failedEarlier(Connection connection, BacklogStore.Backlog backlog) throws SQLException {
        return BacklogStore.failures(connection).exhausted() - backlog.exhausted();
    }

    private static long held(Connection connection, Instant now) throws SQLException {
        try (var select = connection.prepareStatement(HELD)) {
            select.setLong(1, RunDay.of(now).endSecond());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
