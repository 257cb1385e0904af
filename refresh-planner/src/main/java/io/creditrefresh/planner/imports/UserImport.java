package io.creditrefresh.planner.imports;

import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.store.CatalogueStore;
import io.creditrefresh.ledger.store.ImportStore;
import io.creditrefresh.planner.csv.UserFile;
import io.creditrefresh.planner.csv.UserRow;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/**
 * Takes the users of a file over, a chunk of rows per transaction. Whatever ends it half-way, the same import started
 * again goes on: users who are in are left as they are.
 */
public final class UserImport implements AutoCloseable {

    /** Rows of a chunk, the bad ones too. */
    static final int CHUNK_ROWS = 1_000;

    private static final int WRITERS = 2;

    private final UserFile file;
    private final InstantSource clock;
    private final BadRows badRows;
    private final Connection lines;
    private final ChunkWriters writers;
    private final Queue<Pending> pending = new ArrayDeque<>();
    private boolean atEnd;
    private ImportCounts counts = ImportCounts.NONE;
    private long linesDone;

    private record Pending(Chunk chunk, Future<Integer> imported) {}

    private UserImport(UserFile file, InstantSource clock, BadRows badRows, Connection lines, ChunkWriters writers) {
        this.file = file;
        this.clock = clock;
        this.badRows = badRows;
        this.lines = lines;
        this.writers = writers;
    }

    /** Begins an import that writes. */
    public static UserImport begin(UserFile file, InstantSource clock, BadRows badRows, DataSource database)
            throws SQLException {
        return begin(file, clock, badRows, database, false, ImportStore::insertOnce);
    }

    /** Begins an import that checks and counts everything and writes nothing, as the database itself sees to. */
    public static UserImport beginDryRun(
            UserFile file, InstantSource clock, BadRows badRows, DataSource database, Preview preview)
            throws SQLException {
        return begin(file, clock, badRows, database, true, preview::add);
    }

    private static UserImport begin(
            UserFile file,
            InstantSource clock,
            BadRows badRows,
            DataSource database,
            boolean readOnly,
            ChunkWriters.Write write)
            throws SQLException {
        Connection lines = database.getConnection();
        try {
            ImportStore.begin(lines);
            lines.setReadOnly(readOnly);
            return new UserImport(file, clock, badRows, lines, new ChunkWriters(WRITERS, database, readOnly, write));
        } catch (SQLException | RuntimeException e) {
            lines.close();
            throw e;
        }
    }

    /**
     * Reads the next chunk and begins to write it, or ends one that was begun before.
     *
     * @return false when all are done
     * @throws SQLException if a chunk did not go in, or it is not known whether it did
     */
    public boolean runOnce() throws IOException, SQLException, InterruptedException {
        if (!atEnd) {
            readChunk();
        }
        if (atEnd || pending.size() > WRITERS) {
            settleOldest();
        }
        return !atEnd || !pending.isEmpty();
    }

    /** Of the chunks that are done. */
    public ImportCounts counts() {
        return counts;
    }

    /** Number of the last line up to which all chunks are done. */
    public long linesDone() {
        return linesDone;
    }

    /** Lets the chunks end that were begun. */
    @Override
    public void close() throws SQLException {
        writers.close();
        lines.close();
    }

    private void readChunk() throws IOException, SQLException {
        Catalogue catalogue = CatalogueStore.read(lines);
        Instant now = clock.instant();
        List<UserRow> rows = new ArrayList<>(CHUNK_ROWS);
        while (!atEnd && rows.size() < CHUNK_ROWS) {
            UserRow row = file.next(catalogue, now);
            if (row == null) {
                atEnd = true;
            } else {
                rows.add(row);
            }
        }
        if (!rows.isEmpty()) {
            Chunk chunk = new Chunk(rows, repeated(rows), catalogue, now);
            pending.add(new Pending(chunk, writers.begin(chunk.accounts(), now)));
        }
    }

    /** Lines of users who are on an earlier line, good or bad: which of the two is right, only a human can tell. */
    private Map<Long, Long> repeated(List<UserRow> rows) throws SQLException {
        Map<Long, String> userIds = new HashMap<>();
        for (UserRow row : rows) {
            if (row.userId() != null) {
                userIds.put(row.line(), row.userId());
            }
        }
        return ImportStore.noteLines(lines, userIds);
    }

    private void settleOldest() throws SQLException, InterruptedException {
        Pending oldest = pending.poll();
        if (oldest == null) {
            return;
        }
        int imported = result(oldest.imported);
        counts = counts.plus(oldest.chunk.settle(imported, badRows));
        linesDone = oldest.chunk.lastLine();
    }

    private static int result(Future<Integer> imported) throws SQLException, InterruptedException {
        try {
            return imported.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException reason) {
                throw reason;
            }
            throw new IllegalStateException(e);
        }
    }
}
