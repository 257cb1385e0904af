package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.schedule.Slot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import org.postgresql.PGConnection;

/**
 * Opens a day's run. It reads the index on phase, an hour per statement, so that no statement takes long however many
 * accounts exist.
 */
public final class RunStore {

    private static final int MINUTES_PER_HOUR = 60;

    private static final String IS_OPEN = """
            SELECT EXISTS (SELECT FROM refresh_run WHERE run_date = ?)
            """;

    private static final String PLANNED_IN_HOUR = """
            SELECT phase, count(*)
            FROM credit_account
            WHERE phase BETWEEN ? AND ?
                AND refresh_at >= to_timestamp(?)
                AND refresh_at < to_timestamp(?)
            GROUP BY phase
            """;

    private static final String OPEN = """
            INSERT INTO refresh_run (run_date, opened_at, planned, planned_per_slot)
            VALUES (?, to_timestamp(?), ?, ?)
            ON CONFLICT ON CONSTRAINT one_run_per_day DO NOTHING
            """;

    private RunStore() {}

    /**
     * Opens the run of a day with its forecast, number of accounts per slot, unless it is open.
     *
     * @return whether this call opened it
     */
    public static boolean open(Connection connection, LocalDate day, Instant now) throws SQLException {
        if (isOpen(connection, day)) {
            return false;
        }
        int[] planned = plannedPerSlot(connection, day);
        try (var insert = connection.prepareStatement(OPEN)) {
            insert.setObject(1, day);
            insert.setLong(2, now.getEpochSecond());
            insert.setLong(3, Arrays.stream(planned).asLongStream().sum());
            insert.setArray(4, connection.unwrap(PGConnection.class).createArrayOf("int4", planned));
            return insert.executeUpdate() == 1;
        }
    }

    private static boolean isOpen(Connection connection, LocalDate day) throws SQLException {
        try (var select = connection.prepareStatement(IS_OPEN)) {
            select.setObject(1, day);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private static int[] plannedPerSlot(Connection connection, LocalDate day) throws SQLException {
        RunDay run = new RunDay(day);
        int firstPhase = run.phases().first();
        int[] planned = new int[Slot.MINUTES_PER_DAY];
        try (PreparedStatement select = connection.prepareStatement(PLANNED_IN_HOUR)) {
            select.setLong(3, run.firstSecond());
            select.setLong(4, run.endSecond());
            for (int slot = 0; slot < planned.length; slot += MINUTES_PER_HOUR) {
                select.setInt(1, firstPhase + slot);
                select.setInt(2, firstPhase + slot + MINUTES_PER_HOUR - 1);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        planned[rows.getInt(1) - firstPhase] = rows.getInt(2);
                    }
                }
            }
        }
        return planned;
    }
}
