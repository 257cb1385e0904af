package io.creditrefresh.ledger.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * How many accounts are due, estimated from a sample of the table's pages: a short read however many accounts exist. A
 * table of no more pages than the sample has is counted.
 *
 * @param due accounts of the sample that are due
 * @param all accounts of the sample
 * @param percent the part of the table that was looked at, above 0 to 100
 */
public record DueShare(long due, long all, double percent) {

    private static final int PAGES = 2_000;

    private static final String PERCENT = """
            SELECT LEAST(100, 100.0 * ? * current_setting('block_size')::integer
                / GREATEST(1, pg_relation_size('credit_account')))
            """;

    private static final String SAMPLE = """
            SELECT
                count(*) FILTER (
                    WHERE refresh_at > to_timestamp(?)
                        AND refresh_at <= to_timestamp(?)),
                count(*)
            FROM credit_account TABLESAMPLE SYSTEM (?)
            """;

    /** Of the accounts whose {@code refresh_at} lies after the one instant and not after the other. */
    public static DueShare read(Connection connection, Instant after, Instant upTo) throws SQLException {
        double percent = percent(connection);
        try (var select = connection.prepareStatement(SAMPLE)) {
            select.setLong(1, after.getEpochSecond());
            select.setLong(2, upTo.getEpochSecond());
            select.setDouble(3, percent);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new DueShare(row.getLong(1), row.getLong(2), percent);
            }
        }
    }

    /** In the whole table, about. */
    public double accounts() {
        return due * 100 / percent;
    }

    /** Whether at least one in so many accounts is due. */
    public boolean isAtLeastOneIn(int accounts) {
        return due * accounts >= all;
    }

    private static double percent(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(PERCENT)) {
            select.setInt(1, PAGES);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getDouble(1);
            }
        }
    }
}
