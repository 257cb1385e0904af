package io.creditrefresh.edge.openapi;

import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.edge.token.Roles;
import jakarta.ws.rs.core.Response.Status;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** The problems in the document: one schema, one answer per status, and which operations may give which. */
final class ProblemAnswers {

    private static final String SCHEMA = "Problem";
    private static final List<String> OF_THE_LIBRARY = List.of("HttpProblem", "HttpValidationProblem", "Violation");

    /** Of RFC 9110, section 15.5.21; Jakarta REST has no name for it. */
    private static final int UNPROCESSABLE = 422;

    private static final int TOO_MANY_REQUESTS = Status.TOO_MANY_REQUESTS.getStatusCode();

    private final NavigableSet<Integer> used = new TreeSet<>();

    /** Puts the schema in place of those of the problem library, and an answer for each status that operations give. */
    void define(Components components) {
        OF_THE_LIBRARY.forEach(components::removeSchema);
        components.addSchema(SCHEMA, schema());
        Arrays.stream(ProblemCode.values())
                .filter(code -> used.contains(code.status()))
                .collect(Collectors.groupingBy(ProblemCode::status, TreeMap::new, Collectors.toList()))
                .forEach((status, codes) -> components.addResponse(name(status), answer(status, codes)));
    }

    /** Lets every answer of an error be one of the problems. */
    void addTo(Operation operation, List<Parameter> parameters) {
        NavigableSet<Integer> statuses = new TreeSet<>(List.of(400, 503));
        if (operation.getSecurity() != null && !operation.getSecurity().isEmpty()) {
            statuses.addAll(List.of(401, 403));
        }
        if (isLimited(operation)) {
            statuses.add(TOO_MANY_REQUESTS);
        }
        if (parameters.stream()
                .anyMatch(each ->
                        each.getIn() == Parameter.In.PATH || each.getName().equals("userId"))) {
            statuses.add(404);
        }
        if (operation.getRequestBody() != null) {
            statuses.add(413);
        }
        if (parameters.stream().anyMatch(each -> each.getName().equalsIgnoreCase("Idempotency-Key"))) {
            // A write about a user: not known, not possible as things stand, or under a key of another request.
            statuses.addAll(List.of(404, 409, 422));
        }
        operation.getResponses().getAPIResponses().keySet().stream()
                .filter(status -> status.compareTo("400") >= 0 && status.matches("\\d+"))
                .map(Integer::valueOf)
                .forEach(statuses::add);
        used.addAll(statuses);
        statuses.forEach(status -> {
            operation.getResponses().removeAPIResponse(String.valueOf(status));
            operation
                    .getResponses()
                    .addAPIResponse(
                            String.valueOf(status),
                            OASFactory.createAPIResponse().ref(name(status)));
        });
    }

    /** What people may ask for, they may ask for only so often. */
    private static boolean isLimited(Operation operation) {
        return operation.getSecurity() != null
                && operation.getSecurity().stream()
                        .flatMap(requirement -> requirement.getSchemes().values().stream())
                        .flatMap(List::stream)
                        .anyMatch(role -> role.equals(Roles.USER) || role.equals(Roles.SUPPORT));
    }

    private static APIResponse answer(int status, List<ProblemCode> codes) {
        String description = codes.stream()
                .map(code -> "`" + code.code() + "`: " + code.title())
                .collect(Collectors.joining(". "));
        APIResponse answer = OASFactory.createAPIResponse()
                .description(description)
                .content(OASFactory.createContent()
                        .addMediaType(
                                "application/problem+json",
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref(SCHEMA))));
        if (status == Status.UNAUTHORIZED.getStatusCode()) {
            answer.addHeader("WWW-Authenticate", header("`Bearer`, with `error` when there was a token", string()));
        }
        if (status == Status.SERVICE_UNAVAILABLE.getStatusCode()) {
            answer.addHeader("Retry-After", header("Seconds; may be missing", integer()));
        }
        if (status == TOO_MANY_REQUESTS) {
            answer.addHeader("Retry-After", header("Seconds", integer()));
        }
        return answer;
    }

    private static Schema schema() {
        List<Object> codes = Stream.of(ProblemCode.values())
                .map(code -> (Object) code.code())
                .toList();
        return OASFactory.createSchema()
                .type(List.of(SchemaType.OBJECT))
                .description("What is wrong, as RFC 9457 has it")
                .required(List.of("type", "title", "status", "code"))
                .addProperty("type", string().format("uri").description("Names the code, too; leads nowhere"))
                .addProperty("title", string().description("What the code means, for people"))
                .addProperty("status", integer().description("The HTTP status"))
                .addProperty("detail", string().description("What is wrong with this request, for people"))
                .addProperty("instance", string().format("uri-reference").description("The path that was asked for"))
                .addProperty(
                        "code",
                        string().description("What a client may rely on").enumeration(codes));
    }

    private static Header header(String description, Schema schema) {
        return OASFactory.createHeader().description(description).schema(schema);
    }

    private static Schema string() {
        return OASFactory.createSchema().type(List.of(SchemaType.STRING));
    }

    private static Schema integer() {
        return OASFactory.createSchema().type(List.of(SchemaType.INTEGER)).format("int32");
    }

    /** As {@code NotFound}. */
    private static String name(int status) {
        if (status == UNPROCESSABLE) {
            return "UnprocessableContent";
        }
        return Status.fromStatusCode(status).getReasonPhrase().replace(" ", "");
    }
}
