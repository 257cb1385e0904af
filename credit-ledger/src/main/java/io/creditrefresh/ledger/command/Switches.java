package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.control.Controls;
import io.creditrefresh.ledger.control.Subject;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.creditrefresh.ledger.store.ControlStore;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Whether refreshing and spending go on: by the settings of this process, and by what operators have stopped for all.
 * The latter is what was read last; whoever has a switch reads it again at every turn of its work.
 */
public final class Switches {

    private final RefreshSettings settings;
    private final DataSource database;
    private volatile @Nullable Controls controls;

    public Switches(RefreshSettings settings, DataSource database) {
        this.settings = settings;
        this.database = database;
    }

    /** Reads what operators have stopped by now; if it cannot be read, the last reading holds. */
    public Controls read() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return read(connection);
        }
    }

    /** The same on a connection of the caller's. */
    public Controls read(Connection connection) throws SQLException {
        Controls now = ControlStore.read(connection);
        controls = now;
        return now;
    }

    /**
     * What operators had stopped at the last reading, which is this one if there was none.
     *
     * @throws IllegalStateException if there was none and the database is away: nobody may take that for a permission
     */
    public Controls controls() {
        Controls last = controls;
        if (last != null) {
            return last;
        }
        try {
            return read();
        } catch (SQLException e) {
            throw new IllegalStateException("what operators have stopped cannot be read", e);
        }
    }

    /** Whether anybody may refresh by himself. */
    public boolean refreshesByItself() {
        return settings.refreshesByItself() && !controls().isStopped(Subject.REFRESHING);
    }
}
