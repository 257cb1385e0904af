package io.creditrefresh.planner.task;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.edge.token.Roles;
import io.creditrefresh.ledger.command.Switches;
import io.creditrefresh.planner.tick.PlannerLoop;
import io.creditrefresh.planner.tick.TickReport;
import io.creditrefresh.planner.watch.Stopwatch;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;

/** What the daily CronJob calls. The planner ticks by itself every minute: a call that is missed delays nothing. */
@Path("/api/scheduled-tasks")
public class QueueResource {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final PlannerLoop loop;
    private final Switches switches;
    private final InstantSource clock;
    private final ObjectMapper mapper;

    QueueResource(PlannerLoop loop, Switches switches, InstantSource clock, ObjectMapper mapper) {
        this.loop = loop;
        this.switches = switches;
        this.clock = clock;
        this.mapper = mapper;
    }

    @POST
    @Path("/credit-refresh-queue")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed({Roles.SERVICE, Roles.ADMIN})
    @Operation(summary = "Opens the day's run, and emits a refresh job for every account that is due")
    @RequestBody(
            required = false,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = QueueRequest.class)))
    public QueueReport queue(byte[] body) throws InterruptedException {
        QueueRequest.check(body, mapper);
        Stopwatch stopwatch = Stopwatch.started();
        Instant started = clock.instant();
        TickReport report = loop.runNow(PATIENCE)
                .orElseThrow(() -> ProblemCode.UNAVAILABLE.problem("a tick is under way and takes long"));
        report.failure().ifPresent(QueueResource::refuse);
        return QueueReport.of(
                report,
                !switches.refreshesByItself(),
                started,
                clock.instant(),
                stopwatch.elapsed().toMillis());
    }

    private static void refuse(TickReport.Failure failure) {
        throw failure == TickReport.Failure.BUG
                ? ProblemCode.INTERNAL_ERROR.problem()
                : ProblemCode.UNAVAILABLE.problem(failure.label() + " is away; the planner tries again by itself");
    }
}
