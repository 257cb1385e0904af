package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.schedule.Phase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Counts the accounts of each minute of the 30-day circle. It reads the index on phase, a day per statement. */
public final class ScheduleStore {

    private static final int MINUTES_PER_DAY = 1_440;

    private static final String COUNT = """
            SELECT phase, count(*)
            FROM credit_account
            WHERE phase BETWEEN ? AND ?
            GROUP BY phase
            """;

    private ScheduleStore() {}

    /** Number of accounts on the schedule, by phase. */
    public static int[] perPhase(Connection connection) throws SQLException {
        int[] counts = new int[Phase.MINUTES];
        try (var select = connection.prepareStatement(COUNT)) {
            for (int first = 0; first < Phase.MINUTES; first += MINUTES_PER_DAY) {
                select.setInt(1, first);
                select.setInt(2, first + MINUTES_PER_DAY - 1);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        counts[rows.getInt(1)] = rows.getInt(2);
                    }
                }
            }
        }
        return counts;
    }
}
