package io.creditrefresh.ledger.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Turns rows into one array per column for {@code unnest}: one statement for any number of rows, where one bind per
 * value would end at 65,535. Primitive arrays are sent in binary form.
 */
final class Columns<R> {

    private final PGConnection connection;
    private final List<R> rows;

    Columns(Connection connection, List<R> rows) throws SQLException {
        this.connection = connection.unwrap(PGConnection.class);
        this.rows = rows;
    }

    Array longs(ToLongFunction<R> column) throws SQLException {
        return connection.createArrayOf("int8", rows.stream().mapToLong(column).toArray());
    }

    Array ints(ToIntFunction<R> column) throws SQLException {
        return connection.createArrayOf("int4", rows.stream().mapToInt(column).toArray());
    }

    /** As epoch seconds. */
    Array instants(Function<R, Instant> column) throws SQLException {
        return longs(row -> column.apply(row).getEpochSecond());
    }

    Array texts(Function<R, String> column) throws SQLException {
        return connection.createArrayOf("text", rows.stream().map(column).toArray(String[]::new));
    }

    /** Of values that may be NULL, slower than the primitive ones. */
    Array nullable(String type, Function<R, @Nullable Object> column) throws SQLException {
        return connection.createArrayOf(type, rows.stream().map(column).toArray());
    }

    static Array longs(Connection connection, long[] values) throws SQLException {
        return connection.unwrap(PGConnection.class).createArrayOf("int8", values);
    }
}
