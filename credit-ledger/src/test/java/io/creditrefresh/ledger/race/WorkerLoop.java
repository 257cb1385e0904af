package io.creditrefresh.ledger.race;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.refresh.Refresh;
import io.creditrefresh.ledger.refresh.RefreshDecision;
import io.creditrefresh.ledger.refresh.RefreshRule;
import io.creditrefresh.ledger.store.BatchStore;
import io.creditrefresh.ledger.store.CatalogueStore;
import io.creditrefresh.ledger.store.FailureStore;
import io.creditrefresh.ledger.store.RefreshStore;
import io.creditrefresh.ledger.store.RolloutStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/** A worker's batch over one subscriber's accounts: read without a lock, decide, compare and set, decide anew. */
final class WorkerLoop {

    private static final int ROUNDS = 5;
    private static final String DEADLOCK = "40P01";

    private interface Read {
        Map<Long, Account> of(Connection connection, long[] ids) throws SQLException;
    }

    private final DataSource database;
    private final InstantSource clock;

    WorkerLoop(DataSource database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** After a deadlock only accounts that nobody else has locked; the others are left to the next time. */
    void refresh(String userId) throws SQLException {
        try {
            refresh(userId, RefreshStore::accounts);
        } catch (SQLException e) {
            if (!DEADLOCK.equals(e.getSQLState())) {
                throw e;
            }
            refresh(userId, RefreshStore::lockUnlocked);
        }
    }

    private void refresh(String userId, Read read) throws SQLException {
        Instant now = clock.instant();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                refresh(connection, read, ids(connection, userId), now);
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private static void refresh(Connection connection, Read read, long[] ids, Instant now) throws SQLException {
        Catalogue catalogue = CatalogueStore.read(connection);
        for (int round = 0; round < ROUNDS; round++) {
            Map<Long, Account> accounts = RolloutStore.placed(connection, read.of(connection, ids), catalogue);
            List<Refresh> refreshes = new ArrayList<>();
            for (Account account : accounts.values()) {
                if (RefreshRule.decide(account, account.period().end(), catalogue, now)
                        instanceof RefreshDecision.Apply apply) {
                    refreshes.add(apply.refresh());
                }
            }
            Set<Long> applied = RefreshStore.apply(connection, refreshes, "worker", now);
            for (Refresh refresh : refreshes) {
                if (applied.contains(refresh.before().id())) {
                    close(connection, refresh, now);
                }
            }
            if (applied.size() == refreshes.size()) {
                return;
            }
        }
    }

    private static void close(Connection connection, Refresh refresh, Instant now) throws SQLException {
        FailureStore.clear(connection, List.of(new RefreshJob(refresh.before().id(), refresh.dueAt(), 0)));
        BatchStore.insert(
                connection,
                refresh.runDate(),
                "worker",
                new BatchStore.Span(now, now, Duration.ZERO),
                new BatchStore.Counts(1, 0, 0, 0));
    }

    private static long[] ids(Connection connection, String userId) throws SQLException {
        try (var select = connection.prepareStatement("""
                SELECT a.id
                FROM credit_account a
                JOIN subscriber s ON s.id = a.subscriber_id
                WHERE s.user_id = ?
                """)) {
            select.setString(1, userId);
            try (var rows = select.executeQuery()) {
                List<Long> ids = new ArrayList<>();
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
                return ids.stream().mapToLong(Long::longValue).toArray();
            }
        }
    }
}
