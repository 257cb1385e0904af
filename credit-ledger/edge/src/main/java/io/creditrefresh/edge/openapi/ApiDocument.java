package io.creditrefresh.edge.openapi;

import io.creditrefresh.edge.page.PageSize;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.jboss.jandex.IndexView;
import org.jspecify.annotations.Nullable;

/** Completes the OpenAPI document of a service while it is built, so that good clients can be generated from it. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ApiDocument implements OASFilter {

    private static final String SCHEMAS = "#/components/schemas/";

    /** Schemas that say no more than a format; it is written where they are used. */
    private static final Map<String, String> FORMATS = Map.of("Instant", "date-time", "LocalDate", "date");

    private static final int USER_ID_LENGTH_MAX = 128;
    private static final int KEY_LENGTH_MAX = 255;

    private final IndexView index;

    /** Called by the build with all classes of the service. */
    public ApiDocument(IndexView index) {
        this.index = index;
    }

    @Override
    public @Nullable Schema filterSchema(Schema schema) {
        @Nullable
        String format =
                schema.getRef() == null ? null : FORMATS.get(schema.getRef().replace(SCHEMAS, ""));
        return format == null
                ? schema
                : OASFactory.createSchema()
                        .type(List.of(Schema.SchemaType.STRING))
                        .format(format);
    }

    @Override
    public void filterOpenAPI(OpenAPI openApi) {
        Components components = openApi.getComponents();
        FORMATS.keySet().forEach(components::removeSchema);
        components.getSchemas().forEach(new RecordSchemas(index)::complete);
        ProblemAnswers problems = new ProblemAnswers();
        for (PathItem path : openApi.getPaths().getPathItems().values()) {
            for (Operation operation : path.getOperations().values()) {
                List<Parameter> parameters = Stream.of(path.getParameters(), operation.getParameters())
                        .flatMap(list -> list == null ? Stream.empty() : list.stream())
                        .toList();
                parameters.forEach(ApiDocument::describe);
                problems.addTo(operation, parameters);
            }
        }
        problems.define(components);
    }

    /** What parameters of these names mean, and may be, wherever they occur. */
    private static void describe(Parameter parameter) {
        Schema schema = parameter.getSchema();
        switch (parameter.getName()) {
            case "limit" -> {
                parameter.description("How many items at most");
                schema.type(List.of(Schema.SchemaType.INTEGER))
                        .format("int32")
                        .minimum(BigDecimal.ONE)
                        .maximum(BigDecimal.valueOf(PageSize.MAX))
                        .defaultValue(PageSize.DEFAULT);
            }
            case "Idempotency-Key" -> {
                parameter.description(
                        "The client's own name for this write: repeated under it, it has its effect once and gets the first"
                                + " answer. Kept for 90 days");
                schema.minLength(1).maxLength(KEY_LENGTH_MAX).pattern("^[!-~]+$");
            }
            case "cursor" -> parameter.description("`nextCursor` of the page before; without it, the first page");
            case "userId" -> {
                if (parameter.getIn() == Parameter.In.QUERY && parameter.getDescription() == null) {
                    parameter.description("The token's own user; anybody else is answered like one who does not exist");
                }
                schema.minLength(1).maxLength(USER_ID_LENGTH_MAX);
            }
            case "If-Match" ->
                parameter.description("The `ETag` that was read: a 412 if somebody has changed it since");
            default -> {
                // Its name says it.
            }
        }
    }
}
