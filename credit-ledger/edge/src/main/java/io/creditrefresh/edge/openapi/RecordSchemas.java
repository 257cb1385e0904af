package io.creditrefresh.edge.openapi;

import jakarta.ws.rs.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.Type;
import org.jspecify.annotations.Nullable;

/** Makes the schema of a record say what its components say: their order, what is always there, what it means. */
final class RecordSchemas {

    private static final DotName REQUEST_BODY = DotName.createSimple(RequestBody.class);

    private final IndexView index;
    private final Map<DotName, ClassInfo> records = new LinkedHashMap<>();

    RecordSchemas(IndexView index) {
        this.index = index;
        index.getAnnotations(Path.class).stream()
                .filter(path -> path.target().kind() == AnnotationTarget.Kind.METHOD)
                .map(path -> path.target().asMethod())
                .forEach(method -> {
                    collect(method.returnType());
                    method.parameterTypes().forEach(this::collect);
                    named(method).forEach(this::collect);
                });
        // What is written piece by piece has no such return type.
        index.getAnnotations(APIResponseSchema.class)
                .forEach(answer -> collect(answer.value().asClass()));
    }

    /** Where the body is taken as bytes, an annotation says what is in them. */
    private static List<Type> named(MethodInfo method) {
        return method.annotations(REQUEST_BODY).stream()
                .flatMap(body -> Arrays.stream(body.value("content").asNestedArray()))
                .map(content -> content.value("schema").asNested().value("implementation"))
                .filter(Objects::nonNull)
                .map(AnnotationValue::asClass)
                .toList();
    }

    /** Finds the records that requests and answers are made of. */
    private void collect(Type type) {
        if (type.kind() == Type.Kind.PARAMETERIZED_TYPE) {
            type.asParameterizedType().arguments().forEach(this::collect);
        }
        @Nullable ClassInfo found = index.getClassByName(type.name());
        if (found != null && found.isRecord() && records.put(found.name(), found) == null) {
            found.recordComponents().forEach(component -> collect(component.type()));
        }
    }

    /** Completes the schema if it is that of a record; the build fails when it may be that of several ones. */
    void complete(String name, Schema schema) {
        if (schema.getProperties() == null) {
            return;
        }
        Set<String> properties = schema.getProperties().keySet();
        List<RecordShape> shapes = records.values().stream()
                .filter(each -> isNamed(name, each))
                .map(each -> RecordShape.of(each, index))
                .filter(shape -> shape.names().equals(properties))
                .toList();
        if (shapes.size() > 1) {
            throw new IllegalStateException("give these records different names: " + shapes);
        }
        shapes.forEach(shape -> complete(schema, shape));
    }

    /** A generic record has a schema for each use: {@code PageRefreshEntry}. */
    private static boolean isNamed(String schema, ClassInfo record) {
        return record.typeParameters().isEmpty()
                ? schema.equals(record.simpleName())
                : schema.startsWith(record.simpleName());
    }

    private static void complete(Schema schema, RecordShape shape) {
        Map<String, Schema> properties = new LinkedHashMap<>();
        for (RecordShape.Component component : shape.components()) {
            Schema property = Objects.requireNonNull(schema.getProperties().get(component.name()), component.name());
            Schema completed = component.nullable() ? orNull(property) : property;
            if (!component.text().isEmpty()) {
                completed.description(component.text());
            }
            properties.put(component.name(), completed);
        }
        schema.setProperties(properties);
        List<String> required = shape.components().stream()
                .filter(component -> !component.nullable())
                .map(RecordShape.Component::name)
                .collect(Collectors.toList());
        if (!required.isEmpty()) {
            schema.setRequired(required);
        }
        if (!shape.text().isEmpty()) {
            schema.description(shape.text());
        }
    }

    private static Schema orNull(Schema schema) {
        if (schema.getRef() != null) {
            return OASFactory.createSchema()
                    .addAnyOf(schema)
                    .addAnyOf(OASFactory.createSchema().type(List.of(SchemaType.NULL)));
        }
        List<SchemaType> types = new ArrayList<>(schema.getType());
        types.add(SchemaType.NULL);
        return schema.type(types);
    }
}
