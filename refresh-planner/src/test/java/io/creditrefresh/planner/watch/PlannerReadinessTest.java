package io.creditrefresh.planner.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.embedded.PostgresServer;
import io.creditrefresh.ledger.store.LedgerDatabase;
import java.sql.SQLException;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class PlannerReadinessTest {

    private final Trouble trouble = new Trouble();

    @Test
    void isDownUntilATickHasSucceeded() {
        HealthCheckResponse response =
                new PlannerReadiness(LedgerDatabase.create().as("credit_planner"), trouble).call();

        assertThat(response.getStatus()).isEqualTo(Status.DOWN);
        assertThat(response.getData().orElseThrow()).containsEntry("reason", "no tick has succeeded yet");
    }

    @Test
    void isUpWithAMigratedDatabaseAndASucceedingTick() {
        trouble.over();

        HealthCheckResponse response =
                new PlannerReadiness(LedgerDatabase.create().as("credit_planner"), trouble).call();

        assertThat(response.getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void isDownWhileTicksFailAndUpAgainAfterwards() {
        PlannerReadiness readiness =
                new PlannerReadiness(LedgerDatabase.create().as("credit_planner"), trouble);

        trouble.report("Kafka", new SQLException("first\n  second line"));
        HealthCheckResponse down = readiness.call();
        trouble.over();
        HealthCheckResponse up = readiness.call();

        assertThat(down.getStatus()).isEqualTo(Status.DOWN);
        assertThat(down.getData().orElseThrow()).containsEntry("reason", "Kafka: first second line");
        assertThat(up.getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void saysThatTheSchemaIsMissing() throws SQLException {
        PostgresServer.shared().createDatabase("not_migrated");

        HealthCheckResponse response = new PlannerReadiness(
                        PostgresServer.shared().dataSource("not_migrated", PostgresServer.SUPERUSER), trouble)
                .call();

        assertThat(response.getStatus()).isEqualTo(Status.DOWN);
        assertThat(response.getData().orElseThrow()).containsEntry("reason", "the schema is not migrated");
    }

    @Test
    void saysThatTheDatabaseDoesNotAnswer() {
        PGSimpleDataSource nobody = new PGSimpleDataSource();
        nobody.setUrl("jdbc:postgresql://localhost:1/credits");

        HealthCheckResponse response = new PlannerReadiness(nobody, trouble).call();

        assertThat(response.getStatus()).isEqualTo(Status.DOWN);
        assertThat(response.getData().orElseThrow()).containsEntry("reason", "the database does not answer");
    }
}
