package io.creditrefresh.api.bulk;

import io.creditrefresh.ledger.bulk.BulkFate;
import io.creditrefresh.ledger.bulk.BulkItem;
import io.creditrefresh.ledger.store.BulkResultStore;
import io.creditrefresh.ledger.store.BulkResultStore.Line;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Writes the results of a job page by page, so that its size is no matter of memory. */
@Singleton
class BulkResults {

    private static final int PAGE = 1_000;
    private static final String END_OF_LINE = "\r\n";
    private static final String HEADER = "userId,kind,accountId,refreshSeq,fate,entryType,entrySeq,amount,"
            + "balanceBefore,balanceAfter,error" + END_OF_LINE;

    private final DataSource database;

    BulkResults(DataSource database) {
        this.database = database;
    }

    /**
     * Writes a line for each item, by account.
     *
     * @param only those of this fate; null for all
     */
    void write(long jobId, @Nullable BulkFate only, OutputStream out) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        writer.write(HEADER);
        BulkItem last = new BulkItem(0, 0);
        List<Line> page;
        do {
            page = page(jobId, only, last);
            for (Line line : page) {
                writer.write(text(line));
                last = line.item();
            }
            writer.flush();
        } while (page.size() == PAGE);
    }

    private List<Line> page(long jobId, @Nullable BulkFate only, BulkItem last) throws IOException {
        try (Connection connection = database.getConnection()) {
            return BulkResultStore.page(connection, jobId, only, last, PAGE);
        } catch (SQLException e) {
            // The status is sent: all that is left is to break off, which clients see.
            throw new IOException("the results could not be read to their end", e);
        }
    }

    private static String text(Line line) {
        return Stream.of(
                        line.userId(),
                        line.kind(),
                        line.item().accountId(),
                        line.item().refreshSeq() == 0 ? null : line.item().refreshSeq(),
                        line.fate().code(),
                        line.entryType(),
                        line.entrySeq(),
                        line.amount(),
                        line.balanceBefore(),
                        line.balanceAfter(),
                        line.error())
                .map(BulkResults::field)
                .collect(Collectors.joining(",", "", END_OF_LINE));
    }

    private static String field(@Nullable Object value) {
        String text = Objects.toString(value, "");
        boolean isPlain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
