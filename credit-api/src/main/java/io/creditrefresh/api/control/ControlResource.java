package io.creditrefresh.api.control;

import io.creditrefresh.api.write.Refusals;
import io.creditrefresh.api.write.Writes;
import io.creditrefresh.edge.token.Roles;
import io.creditrefresh.ledger.command.Halts;
import io.creditrefresh.ledger.command.Keeping;
import io.creditrefresh.ledger.command.Outcome;
import io.creditrefresh.ledger.command.Switches;
import io.creditrefresh.ledger.control.Controls;
import io.creditrefresh.ledger.control.Subject;
import io.creditrefresh.ledger.settings.RefreshSettings;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jboss.resteasy.reactive.RestHeader;
import org.jspecify.annotations.Nullable;

/** What operators stop and let go on. */
@Path("/api")
public class ControlResource {

    private final Halts halts;
    private final Switches switches;
    private final RefreshSettings settings;
    private final Writes writes;
    private final Asking asking;

    ControlResource(Halts halts, Switches switches, RefreshSettings settings, Writes writes, Asking asking) {
        this.halts = halts;
        this.switches = switches;
        this.settings = settings;
        this.writes = writes;
        this.asking = asking;
    }

    @GET
    @Path("/admin/controls")
    @RolesAllowed({Roles.SUPPORT, Roles.ADMIN})
    @Operation(summary = "What operators have stopped, who, when and why")
    public ControlsAnswer controls() throws SQLException {
        return answer(switches.read());
    }

    @POST
    @Path("/admin/pause")
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Pauses refreshing for all services: what is due stays due; admins still refresh by hand")
    @Consumes(MediaType.WILDCARD)
    @RequestBody(
            required = false,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = NoteRequest.class)))
    public ControlsAnswer pause(@RestHeader(Writes.KEY) @Nullable String key, byte[] body) throws SQLException {
        return stop(Subject.REFRESHING, "pause", key, body);
    }

    @POST
    @Path("/admin/resume")
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Has refreshing go on: everybody who is due is refreshed once")
    @Consumes(MediaType.WILDCARD)
    @RequestBody(
            required = false,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = NoteRequest.class)))
    public ControlsAnswer resume(@RestHeader(Writes.KEY) @Nullable String key, byte[] body) throws SQLException {
        return start(Subject.REFRESHING, "resume", key, body);
    }

    @POST
    @Path("/admin/spending/stop")
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Has every spend refused with the problem spending_stopped")
    @Consumes(MediaType.WILDCARD)
    @RequestBody(
            required = false,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = NoteRequest.class)))
    public ControlsAnswer stopSpending(@RestHeader(Writes.KEY) @Nullable String key, byte[] body) throws SQLException {
        return stop(Subject.SPENDING, "stop-spending", key, body);
    }

    @POST
    @Path("/admin/spending/start")
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Has spending go on")
    @Consumes(MediaType.WILDCARD)
    @RequestBody(
            required = false,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = NoteRequest.class)))
    public ControlsAnswer startSpending(@RestHeader(Writes.KEY) @Nullable String key, byte[] body) throws SQLException {
        return start(Subject.SPENDING, "start-spending", key, body);
    }

    private ControlsAnswer stop(Subject subject, String action, @Nullable String key, byte[] body) throws SQLException {
        Asking.Asked asked = asking.of(action, key, body);
        return done(halts.stop(subject, asked.deed(), asked.request(), keeping(), this::answer));
    }

    private ControlsAnswer start(Subject subject, String action, @Nullable String key, byte[] body)
            throws SQLException {
        Asking.Asked asked = asking.of(action, key, body);
        return done(halts.start(subject, asked.deed(), asked.request(), keeping(), this::answer));
    }

    /** This instance knows at once. */
    private ControlsAnswer done(Outcome<ControlsAnswer> outcome) throws SQLException {
        ControlsAnswer answer = outcome.orElseThrow(Refusals::problem);
        switches.read();
        return answer;
    }

    private Keeping<ControlsAnswer> keeping() {
        return writes.keeping(ControlsAnswer.class);
    }

    private ControlsAnswer answer(Controls controls) {
        return ControlsAnswer.of(controls, !settings.refreshesByItself());
    }
}
