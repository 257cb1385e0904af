package io.creditrefresh.local.bench;

import java.io.IOException;
import java.sql.SQLException;

/** One of the measurements that {@code deploy/local/bench} takes. */
public interface Measurement {

    /**
     * Takes it, shows it, and adds its figures.
     *
     * @return false when something was wrong that makes the figures worthless, and that was shown, too
     */
    boolean take(Figures figures) throws SQLException, IOException, InterruptedException;
}
