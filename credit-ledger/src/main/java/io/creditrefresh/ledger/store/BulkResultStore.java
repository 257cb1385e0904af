package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.bulk.BulkFate;
import io.creditrefresh.ledger.bulk.BulkItem;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what has become of the items of a job. */
public final class BulkResultStore {

    private static final String PAGE = """
            SELECT
                s.user_id,
                a.kind,
                i.account_id,
                i.refresh_seq,
                i.state,
                i.entry_type,
                i.entry_seq,
                i.amount,
                i.balance_before,
                i.balance_after,
                i.error
            FROM bulk_item i
            JOIN credit_account a ON a.id = i.account_id
            JOIN subscriber s ON s.id = a.subscriber_id
            WHERE i.job_id = ?
                AND (i.account_id, i.refresh_seq) > (?, ?)
                AND (?::text IS NULL OR i.state = ?)
            ORDER BY i.account_id, i.refresh_seq
            LIMIT ?
            """;

    private BulkResultStore() {}

    /**
     * One item; credits.
     *
     * @param entryType of the entry that it wrote, or would write; null, as all of the entry, if there is none
     * @param error null unless it has failed
     */
    public record Line(
            String userId,
            String kind,
            BulkItem item,
            BulkFate fate,
            @Nullable String entryType,
            @Nullable Long entrySeq,
            @Nullable Long amount,
            @Nullable Long balanceBefore,
            @Nullable Long balanceAfter,
            @Nullable String error) {}

    /**
     * The next items of a job, by account.
     *
     * @param only those of this fate; null for all
     */
    public static List<Line> page(Connection connection, long jobId, @Nullable BulkFate only, BulkItem last, int limit)
            throws SQLException {
        try (var select = connection.prepareStatement(PAGE)) {
            String code = only == null ? null : only.code();
            select.setLong(1, jobId);
            select.setLong(2, last.accountId());
            select.setLong(3, last.refreshSeq());
            select.setString(4, code);
            select.setString(5, code);
            select.setInt(6, limit);
            try (ResultSet rows = select.executeQuery()) {
                List<Line> lines = new ArrayList<>();
                while (rows.next()) {
                    lines.add(new Line(
                            rows.getString(1),
                            rows.getString(2),
                            new BulkItem(rows.getLong(3), rows.getLong(4)),
                            BulkFate.of(rows.getString(5)),
                            rows.getString(6),
                            longOrNull(rows, 7),
                            longOrNull(rows, 8),
                            longOrNull(rows, 9),
                            longOrNull(rows, 10),
                            rows.getString(11)));
                }
                return lines;
            }
        }
    }

    private static @Nullable Long longOrNull(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
