package io.creditrefresh.ledger.migration;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The schema and its versions. Run by the owner role, never by a service. */
public final class Migration {

    private Migration() {}

    /**
     * Brings the schema up to date; a schema that is up to date stays as it is. Two at once take turns.
     *
     * @return number of migrations applied
     */
    public static int migrate(DataSource owner) {
        return Flyway.configure()
                .dataSource(owner)
                .locations("classpath:db/migration")
                .validateMigrationNaming(true)
                .load()
                .migrate()
                .migrationsExecuted;
    }
}
