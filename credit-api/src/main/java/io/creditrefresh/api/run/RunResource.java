package io.creditrefresh.api.run;

import io.creditrefresh.edge.token.Roles;
import io.creditrefresh.ledger.settings.RefreshSettings;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** How refreshing stands; every answer is made from one snapshot, at most 5 s old. */
@Path("/api")
@RolesAllowed({Roles.SUPPORT, Roles.ADMIN})
public class RunResource {

    private final RunSnapshots snapshots;
    private final RefreshSettings settings;

    RunResource(RunSnapshots snapshots, RefreshSettings settings) {
        this.snapshots = snapshots;
        this.settings = settings;
    }

    @GET
    @Path("/scheduled-tasks/credit-refresh-monitor")
    @Operation(summary = "Today's run")
    public RefreshMonitor refreshMonitor() throws SQLException {
        return RefreshMonitor.of(snapshots.current(), !settings.refreshesByItself());
    }

    @GET
    @Path("/admin/credits/refresh-stats")
    @Operation(summary = "Today's run and those of the seven days before")
    public RefreshStats refreshStats() throws SQLException {
        return RefreshStats.of(snapshots.current(), !settings.refreshesByItself());
    }
}
