package io.creditrefresh.api.run;

import io.creditrefresh.edge.token.Roles;
import io.creditrefresh.ledger.settings.ClockSettings;
import io.creditrefresh.ledger.store.WorkerStateStore;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The workers, as they tell of themselves. */
@Path("/api")
@RolesAllowed({Roles.SUPPORT, Roles.ADMIN})
public class WorkerResource {

    private static final int WORKERS_MAX = 200;

    /** Four heartbeats. */
    private static final Duration RECENT = Duration.ofMinutes(1);

    private final DataSource database;
    private final InstantSource clock;
    private final ClockSettings clockSettings;

    WorkerResource(DataSource database, InstantSource clock, ClockSettings clockSettings) {
        this.database = database;
        this.clock = clock;
        this.clockSettings = clockSettings;
    }

    @GET
    @Path("/admin/workers")
    @Operation(summary = "Each worker: breaker, pause and progress")
    public Workers workers() throws SQLException {
        Instant now = clock.instant();
        try (Connection connection = database.getConnection()) {
            return Workers.of(
                    WorkerStateStore.newest(connection, WORKERS_MAX),
                    heartbeat -> now.isBefore(clockSettings.plusReal(heartbeat, RECENT)));
        }
    }
}
