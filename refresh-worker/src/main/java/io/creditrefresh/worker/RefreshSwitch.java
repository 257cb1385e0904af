package io.creditrefresh.worker;

import io.creditrefresh.ledger.command.Switches;
import io.creditrefresh.worker.trouble.WeatherException;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;

/** Whether this worker refreshes at present: nothing else in it decides that. */
@Singleton
public class RefreshSwitch {

    private final Switches switches;

    RefreshSwitch(Switches switches) {
        this.switches = switches;
    }

    /**
     * Whether it does, as operators have it now. If not, what is due stays due, whoever asks for it.
     *
     * @throws WeatherException if the database is away
     */
    public boolean readAnew() {
        try {
            switches.read();
            return refreshesByItself();
        } catch (SQLException e) {
            throw new WeatherException("the database is away", e);
        }
    }

    /** Reads what operators have it now, for those who only tell of it. */
    public void readFrom(Connection connection) throws SQLException {
        switches.read(connection);
    }

    /** Whether it did when that was last read. */
    public boolean refreshesByItself() {
        return switches.refreshesByItself();
    }
}
