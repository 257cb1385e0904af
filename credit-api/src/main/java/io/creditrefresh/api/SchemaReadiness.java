package io.creditrefresh.api;

import io.creditrefresh.ledger.store.CatalogueStore;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while the database does not answer as this role, or its schema is not there. */
@Readiness
final class SchemaReadiness implements HealthCheck {

    private final DataSource database;

    SchemaReadiness(DataSource database) {
        this.database = database;
    }

    @Override
    public HealthCheckResponse call() {
        try (Connection connection = database.getConnection()) {
            CatalogueStore.read(connection);
            return HealthCheckResponse.up("schema");
        } catch (SQLException e) {
            return HealthCheckResponse.named("schema")
                    .down()
                    .withData("sqlState", String.valueOf(e.getSQLState()))
                    .build();
        }
    }
}
