package io.creditrefresh.planner.imports;

import io.creditrefresh.ledger.imports.ImportedAccount;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** Writes chunks side by side, each in one transaction of its own: one session alone would not keep two cores busy. */
final class ChunkWriters implements AutoCloseable {

    /** For chunks that are being written when another one has failed. */
    private static final int CLOSE_TIMEOUT_SECONDS = 10;

    /** What is done with the good rows of a chunk, in its transaction; with several chunks at the same time. */
    @FunctionalInterface
    interface Write {

        /** Returns how many of the users are new. */
        int write(Connection connection, List<ImportedAccount> accounts, Instant now) throws SQLException;
    }

    private final Write write;
    private final List<Connection> connections = new ArrayList<>();
    private final BlockingQueue<Connection> idle;
    private final ExecutorService threads;

    /**
     * Opens the connections.
     *
     * @param count number of chunks that are written at the same time
     */
    ChunkWriters(int count, DataSource database, boolean readOnly, Write write) throws SQLException {
        this.write = write;
        this.idle = new ArrayBlockingQueue<>(count);
        this.threads = Executors.newFixedThreadPool(count);
        try {
            for (int i = 0; i < count; i++) {
                Connection connection = database.getConnection();
                connections.add(connection);
                connection.setAutoCommit(false);
                connection.setReadOnly(readOnly);
                idle.add(connection);
            }
        } catch (SQLException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Begins to write a chunk; what comes of it is the number of users who are new. */
    Future<Integer> begin(List<ImportedAccount> accounts, Instant now) {
        return threads.submit(() -> {
            Connection connection = idle.take();
            try {
                int users = write.write(connection, accounts, now);
                connection.commit();
                return users;
            } finally {
                idle.add(connection);
            }
        });
    }

    @Override
    public void close() throws SQLException {
        threads.shutdown();
        try {
            threads.awaitTermination(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
