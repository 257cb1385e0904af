package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.movement.Entry;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.NoAllowanceException;
import io.creditrefresh.ledger.refresh.Refresh;
import io.creditrefresh.ledger.refresh.RefreshRule;
import io.creditrefresh.ledger.store.BatchStore;
import io.creditrefresh.ledger.store.FailureStore;
import io.creditrefresh.ledger.store.RefreshStore;
import io.creditrefresh.ledger.store.RolloutStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Applies due refreshes of one subscriber outside the pipeline: the worker's rule and statement, so that it does not
 * matter who comes first. What an account is refused for is written down by its worker, not here.
 */
final class DueRefreshes {

    private static final Set<String> WEATHER_CLASSES = Set.of("08", "28", "3D", "40", "53", "55", "57", "58");

    private final Transactions transactions;
    private final String actor;

    DueRefreshes(Transactions transactions, String actor) {
        this.transactions = transactions;
        this.actor = actor;
    }

    /**
     * What was applied, and which accounts stay due because they cannot be refreshed.
     *
     * @param entries of the ledger, as they were written
     */
    record Applied(List<Entry> entries, Set<Long> overdue) {}

    /** Applies those that are due, each in a transaction of its own; one that somebody else applies first is as good. */
    Applied apply(Subscriber subscriber, Catalogue catalogue, Instant now) throws SQLException {
        List<Entry> entries = new ArrayList<>();
        Set<Long> overdue = new HashSet<>();
        for (Account account : subscriber.accounts()) {
            if (account.isDue(now) && !isApplied(account, catalogue, now, entries)) {
                overdue.add(account.id());
            }
        }
        return new Applied(entries, overdue);
    }

    private static Account placed(Connection connection, Account account, Catalogue catalogue) throws SQLException {
        return RolloutStore.placed(connection, Map.of(account.id(), account), catalogue)
                .getOrDefault(account.id(), account);
    }

    /** The due refresh of an account; empty if the rules refuse it. */
    static Optional<Refresh> decide(Account account, Catalogue catalogue, Instant now) {
        try {
            return Optional.of(RefreshRule.apply(account, catalogue, now));
        } catch (NoAllowanceException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** False if the rules or the database refuse it. */
    private boolean isApplied(Account account, Catalogue catalogue, Instant now, List<Entry> entries)
            throws SQLException {
        try {
            record Done(Optional<Refresh> due, boolean isWritten) {}
            Done done = transactions.run(connection -> {
                Optional<Refresh> due = decide(placed(connection, account, catalogue), catalogue, now);
                return new Done(due, due.isPresent() && write(connection, due.get(), now));
            });
            if (done.isWritten()) {
                done.due().map(Entry::of).ifPresent(entries::add);
            }
            return done.due().isPresent();
        } catch (SQLException e) {
            if (isWeather(e)) {
                throw e;
            }
            return false;
        }
    }

    /**
     * Applies the due refresh of a locked account in a transaction that goes on without it; empty if the rules or the
     * database refuse it.
     *
     * @param dryRun only to tell
     */
    Optional<Refresh> applyWithin(
            Connection connection, Account account, Catalogue catalogue, Instant now, boolean dryRun)
            throws SQLException {
        Optional<Refresh> due = decide(placed(connection, account, catalogue), catalogue, now);
        boolean isDone = due.isPresent() && (dryRun || writeIfAccepted(connection, due.get(), now));
        return isDone ? due : Optional.empty();
    }

    private boolean writeIfAccepted(Connection connection, Refresh due, Instant now) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            return write(connection, due, now);
        } catch (SQLException e) {
            if (isWeather(e)) {
                throw e;
            }
            connection.rollback(before);
            return false;
        }
    }

    /** Writes a refresh, with its batch, and clears the failure of its period; false if the account has moved. */
    boolean write(Connection connection, Refresh due, Instant now) throws SQLException {
        long started = System.nanoTime();
        if (RefreshStore.apply(connection, List.of(due), actor, now).isEmpty()) {
            return false;
        }
        FailureStore.clear(connection, List.of(new RefreshJob(due.before().id(), due.dueAt(), 0)));
        BatchStore.insert(
                connection,
                due.runDate(),
                actor,
                new BatchStore.Span(now, now, Duration.ofNanos(System.nanoTime() - started)),
                new BatchStore.Counts(1, 0, 0, 0));
        return true;
    }

    /** The same of many locked accounts; returns how many were written. */
    int writeAll(Connection connection, List<Refresh> due, Instant now) throws SQLException {
        if (due.isEmpty()) {
            return 0;
        }
        long started = System.nanoTime();
        int written = RefreshStore.apply(connection, due, actor, now).size();
        FailureStore.clear(
                connection,
                due.stream()
                        .map(refresh -> new RefreshJob(refresh.before().id(), refresh.dueAt(), 0))
                        .toList());
        Map<LocalDate, Integer> perRun = new TreeMap<>();
        due.forEach(refresh -> perRun.merge(refresh.runDate(), 1, Integer::sum));
        Duration each = Duration.ofNanos(System.nanoTime() - started).dividedBy(due.size());
        for (Map.Entry<LocalDate, Integer> run : perRun.entrySet()) {
            int refreshes = run.getValue();
            BatchStore.insert(
                    connection,
                    run.getKey(),
                    actor,
                    new BatchStore.Span(now, now, each.multipliedBy(refreshes)),
                    new BatchStore.Counts(refreshes, 0, 0, 0));
        }
        return written;
    }

    private static boolean isWeather(SQLException e) {
        String state = e.getSQLState();
        return state == null || state.length() < 2 || WEATHER_CLASSES.contains(state.substring(0, 2));
    }
}
