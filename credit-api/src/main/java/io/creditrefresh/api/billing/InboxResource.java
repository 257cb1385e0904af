package io.creditrefresh.api.billing;

import io.creditrefresh.api.caller.Caller;
import io.creditrefresh.api.write.Bodies;
import io.creditrefresh.api.write.Refusals;
import io.creditrefresh.api.write.Writes;
import io.creditrefresh.edge.json.OptionalBody;
import io.creditrefresh.edge.page.Page;
import io.creditrefresh.edge.page.PageSize;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.edge.token.Roles;
import io.creditrefresh.ledger.command.Outcome;
import io.creditrefresh.ledger.command.Replays;
import io.creditrefresh.ledger.movement.Deed;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What billing providers have delivered and what became of it. */
@Path("/api")
public class InboxResource {

    private static final List<String> STATES = List.of("pending", "waiting", "processed", "ignored", "exhausted");
    private static final Instant SINCE_MAX = Instant.parse("9999-01-01T00:00:00Z");

    private final Replays replays;
    private final Inbox inbox;
    private final Caller caller;
    private final OptionalBody bodies;
    private final Writes writes;

    InboxResource(Replays replays, Inbox inbox, Caller caller, OptionalBody bodies, Writes writes) {
        this.writes = writes;
        this.bodies = bodies;
        this.replays = replays;
        this.inbox = inbox;
        this.caller = caller;
    }

    @GET
    @Path("/admin/webhooks")
    @RolesAllowed({Roles.SUPPORT, Roles.ADMIN})
    @Operation(summary = "Billing events, the last delivered first: all, or those in one state")
    public Page<WebhookEvent> webhooks(
            @Parameter(description = "`pending`, `waiting`, `processed`, `ignored` or `exhausted`") @RestQuery @Nullable
                    String state,
            @RestQuery @Nullable String cursor,
            @RestQuery @Nullable String limit) {
        int size = PageSize.of(limit);
        Optional<String> wanted = Optional.ofNullable(state);
        wanted.ifPresent(InboxResource::checkState);
        return Page.of(
                WebhookEventRow.before(cursor, wanted, size + 1), size, WebhookEvent::of, WebhookEventRow::cursor);
    }

    @POST
    @Path("/admin/webhooks/{id}/replay")
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Has one billing event processed once more; what it has done already is not done again")
    @Consumes(MediaType.WILDCARD)
    @RequestBody(
            required = false,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ReplayReason.class)))
    public ReplayAnswer replay(@RestPath long id, @RestHeader(Writes.KEY) @Nullable String key, byte[] body)
            throws SQLException {
        ReplayReason why = bodies.read(body, ReplayReason.class, ReplayReason.NONE);
        return answer(replays.one(
                id,
                deed(why.reason()),
                writes.optional(key, "POST /replay " + id, why),
                writes.keeping(Integer.class)));
    }

    @POST
    @Path("/admin/webhooks/replay")
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            summary =
                    "Has all billing events received since an instant processed once more, the exhausted ones if no states are named")
    public ReplayAnswer replaySince(@RestHeader(Writes.KEY) @Nullable String key, ReplayRequest request)
            throws SQLException {
        Instant since = Bodies.present(request).since();
        if (since == null || since.isBefore(Instant.EPOCH) || since.isAfter(SINCE_MAX)) {
            throw ProblemCode.INVALID_REQUEST.problem("since is an instant as 2026-01-31T08:00:00Z");
        }
        List<String> states = request.states() == null ? List.of("exhausted") : request.states();
        states.forEach(InboxResource::checkState);
        return answer(replays.since(
                since,
                List.copyOf(states),
                deed(request.reason()),
                writes.optional(key, "POST /replay", request),
                writes.keeping(Integer.class)));
    }

    private ReplayAnswer answer(Outcome<Integer> replayed) {
        inbox.workSoon();
        return new ReplayAnswer(replayed.orElseThrow(Refusals::problem));
    }

    private Deed deed(@Nullable String reason) {
        return new Deed(caller.actor(), caller.role(), "replay-webhooks", Bodies.reason(reason));
    }

    private static void checkState(@Nullable String state) {
        if (state == null || !STATES.contains(state)) {
            throw ProblemCode.INVALID_REQUEST.problem("a state is one of " + String.join(", ", STATES));
        }
    }
}
