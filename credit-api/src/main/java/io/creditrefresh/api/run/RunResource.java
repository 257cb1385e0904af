package io.creditrefresh.api.run;

import io.creditrefresh.api.run.RunDays.DayOfRun;
import io.creditrefresh.edge.page.Cursor;
import io.creditrefresh.edge.page.Page;
import io.creditrefresh.edge.page.PageSize;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.edge.token.Roles;
import io.creditrefresh.ledger.command.Switches;
import io.creditrefresh.ledger.store.RunPageStore;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import javax.sql.DataSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** How refreshing stands: today from one snapshot, at most 5 s old; days before and days to come from what is stored. */
@Path("/api")
@RolesAllowed({Roles.SUPPORT, Roles.ADMIN})
public class RunResource {

    private static final byte LIST = 7;
    private static final LocalDate LAST_DAY = LocalDate.of(9999, 1, 1);

    private final RunSnapshots snapshots;
    private final Switches switches;
    private final DataSource database;
    private final Schedules schedules;

    RunResource(RunSnapshots snapshots, Switches switches, DataSource database, Schedules schedules) {
        this.schedules = schedules;
        this.database = database;
        this.snapshots = snapshots;
        this.switches = switches;
    }

    @GET
    @Path("/scheduled-tasks/credit-refresh-monitor")
    @Operation(summary = "Today's run")
    public RefreshMonitor refreshMonitor() throws SQLException {
        return RefreshMonitor.of(snapshots.current(), !switches.refreshesByItself());
    }

    @GET
    @Path("/admin/credits/refresh-stats")
    @Operation(summary = "Today's run and those of the seven days before")
    public RefreshStats refreshStats() throws SQLException {
        return RefreshStats.of(snapshots.current(), !switches.refreshesByItself());
    }

    @GET
    @Path("/admin/runs")
    @Operation(summary = "Days of refreshing, the latest first, hour by hour as planned and as done")
    public RunDays runs(@RestQuery @Nullable String cursor, @RestQuery @Nullable String limit) throws SQLException {
        int size = PageSize.of(limit);
        LocalDate before = cursor == null ? LAST_DAY : day(Cursor.decode(cursor, LIST));
        try (Connection connection = database.getConnection()) {
            Page<DayOfRun> page = Page.of(
                    RunPageStore.before(connection, before, size + 1),
                    size,
                    DayOfRun::of,
                    line -> new Cursor(LIST, line.date().toEpochDay(), 0, 0));
            return new RunDays(!switches.refreshesByItself(), page.data(), page.nextCursor(), page.hasMore());
        }
    }

    @GET
    @Path("/admin/schedule/simulate")
    @Operation(summary = "How many accounts the schedule has refreshed in each hour of days to come, and how evenly")
    public SimulatedSchedule simulate(
            @Parameter(description = "The first day, UTC; today if left out") @RestQuery @Nullable String from,
            @Parameter(description = "How many, 1 to 90; 30 if left out") @RestQuery @Nullable String days)
            throws SQLException {
        return schedules.simulate(from, days);
    }

    private static LocalDate day(Cursor cursor) {
        if (Math.abs(cursor.first()) > LAST_DAY.toEpochDay()) {
            throw ProblemCode.INVALID_CURSOR.problem();
        }
        return LocalDate.ofEpochDay(cursor.first());
    }
}
