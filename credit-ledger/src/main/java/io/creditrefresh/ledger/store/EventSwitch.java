package io.creditrefresh.ledger.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalInt;

/**
 * Whether ledger entries write events: two triggers that exist only while it is on. So it holds for every process at the
 * same moment, and costs nothing while it is off. To switch it takes the tables' owner.
 */
public final class EventSwitch {

    // Shorter than the second after which Postgres looks for deadlocks: who is in the way of this never loses by it.
    private static final String WAIT_BRIEFLY = """
            SET LOCAL lock_timeout = '800ms'
            """;

    // Replaced in one transaction: no entry is written with one trigger and without the other. The tables in the order
    // of those who write them, for as long as the transaction lasts.
    private static final String LOCK = """
            LOCK TABLE credit_account, ledger_entry IN SHARE ROW EXCLUSIVE MODE
            """;

    private static final String NOTE_EVENTS = """
            CREATE OR REPLACE TRIGGER events_are_noted AFTER INSERT ON ledger_entry
            REFERENCING NEW TABLE AS written
            FOR EACH STATEMENT EXECUTE FUNCTION note_credit_events('%d')
            """;

    private static final String NOTE_PLAN_CHANGES = """
            CREATE OR REPLACE TRIGGER plan_changes_are_noted AFTER UPDATE OF plan ON credit_account
            FOR EACH ROW WHEN (OLD.plan IS DISTINCT FROM NEW.plan) EXECUTE FUNCTION note_plan_change()
            """;

    private static final String LOCK_TO_DROP = """
            LOCK TABLE credit_account, ledger_entry IN ACCESS EXCLUSIVE MODE
            """;

    private static final String DROP_EVENTS = """
            DROP TRIGGER IF EXISTS events_are_noted ON ledger_entry
            """;

    private static final String DROP_PLAN_CHANGES = """
            DROP TRIGGER IF EXISTS plan_changes_are_noted ON credit_account
            """;

    private static final String LOW_PERCENT = """
            SELECT substring(pg_get_triggerdef(oid) FROM 'note_credit_events\\(''(\\d+)''\\)')::integer
            FROM pg_trigger
            WHERE tgrelid = 'ledger_entry'::regclass
                AND tgname = 'events_are_noted'
            """;

    private EventSwitch() {}

    /**
     * Has entries write events from now on; the caller commits. Gives up with SQLSTATE 55P03 when the tables are in use
     * for too long.
     *
     * @param lowPercent of what was granted in a period, at which a balance is low; 0: never
     */
    public static void on(Connection connection, int lowPercent) throws SQLException {
        if (lowPercent < 0 || lowPercent > 99) {
            throw new IllegalArgumentException("not a percentage below all of it: " + lowPercent);
        }
        execute(connection, WAIT_BRIEFLY);
        execute(connection, LOCK);
        execute(connection, NOTE_EVENTS.formatted(lowPercent));
        execute(connection, NOTE_PLAN_CHANGES);
    }

    /** Has entries write no more events; those that wait are still sent. The caller commits; gives up as {@link #on} does. */
    public static void off(Connection connection) throws SQLException {
        if (lowPercent(connection).isEmpty()) {
            // Nobody need wait for what is off already.
            return;
        }
        execute(connection, WAIT_BRIEFLY);
        execute(connection, LOCK_TO_DROP);
        execute(connection, DROP_EVENTS);
        execute(connection, DROP_PLAN_CHANGES);
    }

    /** The threshold of a low balance; empty while events are off. */
    public static OptionalInt lowPercent(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(LOW_PERCENT);
                ResultSet row = select.executeQuery()) {
            return row.next() ? OptionalInt.of(row.getInt(1)) : OptionalInt.empty();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
