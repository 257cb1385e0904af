package io.creditrefresh.local.bench.peer;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import io.creditrefresh.local.bench.round.PlainStatement;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * db-scheduler with one one-time task per account: each execution refreshes one account in a transaction of its own.
 * Prints the number of accounts whenever it has done as many as it was told to watch for, and ends with its input.
 */
final class PeerMain {

    private static final int THREADS = 20;

    // As its documentation advises for a high throughput.
    private static final double FETCH_BELOW = 1.0;
    private static final double FETCH_UP_TO = 4.0;
    private static final Duration POLL = Duration.ofMillis(100);

    private final DataSource database;
    private final AtomicInteger done = new AtomicInteger();
    private final int first;
    private final int all;

    private PeerMain(DataSource database, int first, int all) {
        this.database = database;
        this.first = first;
        this.all = all;
    }

    /** Takes the JDBC URL, the role, and the two numbers of accounts to watch for. */
    public static void main(String[] arguments) throws IOException {
        try (var pool = new HikariDataSource()) {
            pool.setJdbcUrl(arguments[0]);
            pool.setUsername(arguments[1]);
            pool.setMaximumPoolSize(THREADS + 4);
            var peer = new PeerMain(pool, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
            var task = Tasks.oneTime(PeerTasks.NAME)
                    .execute((instance, context) -> peer.refresh(Long.parseLong(instance.getId())));
            var scheduler = Scheduler.create(pool, task)
                    .threads(THREADS)
                    .pollingInterval(POLL)
                    .pollUsingLockAndFetch(FETCH_BELOW, FETCH_UP_TO)
                    .build();
            scheduler.start();
            System.in.transferTo(OutputStream.nullOutputStream());
            scheduler.stop();
        }
    }

    private void refresh(long accountId) {
        try (var connection = database.getConnection()) {
            PlainStatement.runOne(connection, accountId, Instant.now());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        var count = done.incrementAndGet();
        if (count == first || count == all) {
            System.out.println(count);
        }
    }
}
