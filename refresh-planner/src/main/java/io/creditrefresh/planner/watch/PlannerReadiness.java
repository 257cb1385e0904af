package io.creditrefresh.planner.watch;

import io.creditrefresh.ledger.store.PositionStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready: the database answers, its schema is there, and the last tick went through. */
@Readiness
@ApplicationScoped
class PlannerReadiness implements HealthCheck {

    private static final Set<String> UNDEFINED_TABLE_OR_COLUMN = Set.of("42P01", "42703");

    private final DataSource database;
    private final Trouble trouble;

    PlannerReadiness(DataSource database, Trouble trouble) {
        this.database = database;
        this.trouble = trouble;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> reason = databaseTrouble().or(trouble::current);
        var response = HealthCheckResponse.named("planner");
        return reason.isPresent()
                ? response.down().withData("reason", reason.get()).build()
                : response.up().build();
    }

    private Optional<String> databaseTrouble() {
        try (Connection connection = database.getConnection()) {
            PositionStore.read(connection);
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(
                    e.getSQLState() != null && UNDEFINED_TABLE_OR_COLUMN.contains(e.getSQLState())
                            ? "the schema is not migrated"
                            : "the database does not answer");
        }
    }
}
