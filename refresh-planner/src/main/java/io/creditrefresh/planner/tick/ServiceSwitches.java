package io.creditrefresh.planner.tick;

import io.creditrefresh.ledger.command.Switches;
import io.creditrefresh.ledger.settings.RefreshSettings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/** The switches of the service; every tick reads them. */
class ServiceSwitches {

    @Produces
    @Singleton
    Switches switches(RefreshSettings settings, DataSource database) {
        return new Switches(settings, database);
    }
}
