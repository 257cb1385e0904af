package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.refresh.Refresh;
import io.creditrefresh.ledger.refresh.RefreshFailure;
import io.creditrefresh.ledger.refresh.RefreshRule;
import io.creditrefresh.ledger.schedule.Phase;
import io.creditrefresh.ledger.schedule.Slot;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Does to accounts what workers and operators do, with the real stores and one transaction for each call; the database
 * is given by its connection, which may do everything.
 */
final class WorkFixture implements AutoCloseable {

    private final Connection connection;

    WorkFixture(LedgerDatabase database) throws SQLException {
        connection = database.superuser();
        connection.setAutoCommit(false);
    }

    /** A batch of a worker: refreshes these accounts, clears their failures, writes the batch down. */
    void refresh(List<Long> accountIds, Instant now) throws SQLException {
        long[] ids = accountIds.stream().mapToLong(id -> id).toArray();
        List<Refresh> refreshes = new ArrayList<>();
        for (Account account : RefreshStore.accounts(connection, ids).values()) {
            refreshes.add(RefreshRule.apply(account, CatalogueStore.read(connection), now));
        }
        Set<Long> applied = RefreshStore.apply(connection, refreshes, "worker", now);
        FailureStore.clear(
                connection,
                refreshes.stream()
                        .map(refresh -> new RefreshJob(refresh.before().id(), refresh.dueAt(), 0))
                        .toList());
        LocalDate run = refreshes.get(0).runDate();
        batch(run, new BatchStore.Counts(applied.size(), 0, 0, 0), now);
        connection.commit();
    }

    /** A failed attempt, the first or a later one. */
    void fail(long accountId, int attempt, Instant now) throws SQLException {
        Account account = account(accountId);
        RefreshJob job = new RefreshJob(accountId, account.period().end(), attempt - 1);
        FailureStore.record(
                connection, RefreshFailure.of(job, RefreshFailure.Category.DATA, "planted", now, Duration.ofHours(1)));
        batch(LocalDate.ofInstant(job.dueAt(), ZoneOffset.UTC), new BatchStore.Counts(0, 0, 0, 1), now);
        connection.commit();
    }

    /** Takes the account off the schedule. */
    void hold(long accountId) throws SQLException {
        schedule(accountId, "NULL", "NULL");
    }

    /** Puts a held account back, at the slot in which its period ends. */
    void release(long accountId, Instant now) throws SQLException {
        Instant periodEnd = account(accountId).period().end();
        Instant refreshAt = Slot.at(periodEnd).refreshAt(periodEnd, now);
        schedule(accountId, "'" + refreshAt + "'", Integer.toString(Phase.of(refreshAt)));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private Account account(long accountId) throws SQLException {
        return Objects.requireNonNull(
                RefreshStore.accounts(connection, new long[] {accountId}).get(accountId));
    }

    private void batch(LocalDate run, BatchStore.Counts counts, Instant now) throws SQLException {
        BatchStore.insert(connection, run, "worker", new BatchStore.Span(now, now, Duration.ofMillis(20)), counts);
    }

    private void schedule(long accountId, String refreshAt, String phase) throws SQLException {
        try (var update = connection.createStatement()) {
            update.execute("UPDATE credit_account SET refresh_at = " + refreshAt + ", phase = " + phase + " WHERE id = "
                    + accountId);
        }
        connection.commit();
    }
}
