package io.creditrefresh.api.failure;

import io.creditrefresh.api.caller.Caller;
import io.creditrefresh.api.write.Bodies;
import io.creditrefresh.api.write.Refusals;
import io.creditrefresh.api.write.Writes;
import io.creditrefresh.edge.json.OptionalBody;
import io.creditrefresh.edge.page.Cursor;
import io.creditrefresh.edge.page.Page;
import io.creditrefresh.edge.page.PageSize;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.edge.token.Roles;
import io.creditrefresh.ledger.command.Outcome;
import io.creditrefresh.ledger.command.Redrives;
import io.creditrefresh.ledger.movement.Deed;
import io.creditrefresh.ledger.store.FailurePageStore;
import io.creditrefresh.ledger.store.FailurePageStore.Filter;
import io.creditrefresh.ledger.store.FailurePageStore.Line;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Refreshes that have failed. */
@Path("/api")
public class FailureResource {

    private static final byte LIST = 4;
    private static final int GROUPS_MAX = 200;
    private static final int ERROR_MAX = 1_000;
    private static final List<String> STATES = List.of("retrying", "exhausted");
    private static final List<String> CATEGORIES = List.of("data", "database", "bug");

    private final DataSource database;
    private final Redrives redrives;
    private final Caller caller;
    private final OptionalBody bodies;
    private final Writes writes;

    FailureResource(DataSource database, Redrives redrives, Caller caller, OptionalBody bodies, Writes writes) {
        this.writes = writes;
        this.bodies = bodies;
        this.database = database;
        this.redrives = redrives;
        this.caller = caller;
    }

    @GET
    @Path("/admin/refresh-failures")
    @RolesAllowed({Roles.SUPPORT, Roles.ADMIN})
    @Operation(summary = "Accounts whose due refresh has failed, by account")
    public Page<FailedRefresh> failures(
            @Parameter(description = "`retrying` or `exhausted`") @RestQuery @Nullable String state,
            @Parameter(description = "`data`, `database` or `bug`") @RestQuery @Nullable String category,
            @Parameter(description = "The whole text, as groups have it") @RestQuery @Nullable String error,
            @RestQuery @Nullable String cursor,
            @RestQuery @Nullable String limit)
            throws SQLException {
        int size = PageSize.of(limit);
        long after = cursor == null ? 0 : Cursor.decode(cursor, LIST).first();
        try (Connection connection = database.getConnection()) {
            List<Line> lines = FailurePageStore.page(connection, filter(state, category, error), after, size + 1);
            return Page.of(lines, size, FailedRefresh::of, line -> new Cursor(LIST, line.accountId(), 0, 0));
        }
    }

    @GET
    @Path("/admin/refresh-failures/groups")
    @RolesAllowed({Roles.SUPPORT, Roles.ADMIN})
    @Operation(summary = "The same counted by error, the most frequent first")
    public FailureGroups failureGroups(
            @Parameter(description = "`retrying` or `exhausted`") @RestQuery @Nullable String state,
            @Parameter(description = "`data`, `database` or `bug`") @RestQuery @Nullable String category)
            throws SQLException {
        try (Connection connection = database.getConnection()) {
            return new FailureGroups(
                    FailurePageStore.groups(connection, filter(state, category, null), GROUPS_MAX).stream()
                            .map(group -> new FailureGroups.FailureGroup(
                                    group.category(),
                                    group.error(),
                                    group.retrying(),
                                    group.exhausted(),
                                    group.firstFailedAt(),
                                    group.lastFailedAt()))
                            .toList());
        }
    }

    @POST
    @Path("/admin/refresh-failures/{accountId}/redrive")
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Has one account tried again by the planner's next tick")
    @Consumes(MediaType.WILDCARD)
    @RequestBody(
            required = false,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RedriveReason.class)))
    public RedriveAnswer redriveAccount(
            @RestPath long accountId, @RestHeader(Writes.KEY) @Nullable String key, byte[] body) throws SQLException {
        RedriveReason why = bodies.read(body, RedriveReason.class, RedriveReason.NONE);
        return answer(redrives.one(
                accountId,
                deed(why.reason()),
                writes.optional(key, "POST /redrive " + accountId, why),
                writes.keeping(Integer.class)));
    }

    @POST
    @Path("/admin/refresh-failures/redrive")
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            summary =
                    "Has all failures, or those of a state, category or error, tried again by the planner's next tick")
    @Consumes(MediaType.WILDCARD)
    @RequestBody(
            required = false,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RedriveRequest.class)))
    public RedriveAnswer redrive(@RestHeader(Writes.KEY) @Nullable String key, byte[] body) throws SQLException {
        RedriveRequest wish = bodies.read(body, RedriveRequest.class, RedriveRequest.EMPTY);
        return answer(redrives.all(
                filter(wish.state(), wish.category(), wish.error()),
                deed(wish.reason()),
                writes.optional(key, "POST /redrive", wish),
                writes.keeping(Integer.class)));
    }

    private static RedriveAnswer answer(Outcome<Integer> redriven) {
        return new RedriveAnswer(redriven.orElseThrow(Refusals::problem));
    }

    private Deed deed(@Nullable String reason) {
        return new Deed(caller.actor(), caller.role(), "redrive", Bodies.reason(reason));
    }

    private static Filter filter(@Nullable String state, @Nullable String category, @Nullable String error) {
        return new Filter(
                oneOf(state, STATES, "state"),
                oneOf(category, CATEGORIES, "category"),
                Bodies.text(error, "error", ERROR_MAX));
    }

    private static @Nullable String oneOf(@Nullable String value, List<String> allowed, String name) {
        if (value != null && !allowed.contains(value)) {
            throw ProblemCode.INVALID_REQUEST.problem("%s is %s".formatted(name, String.join(" or ", allowed)));
        }
        return value;
    }
}
