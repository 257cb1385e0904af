package io.creditrefresh.edge.openapi;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;
import org.jspecify.annotations.Nullable;

/**
 * A record as its JSON shows it.
 *
 * @param text its Javadoc; empty without
 * @param components in their order, those of unwrapped records among them
 */
record RecordShape(String name, String text, List<Component> components) {

    private static final DotName NULLABLE = DotName.createSimple(Nullable.class);
    private static final DotName SCHEMA = DotName.createSimple(Schema.class);

    /** A component; {@code text} is what the Javadoc says of it, or empty. */
    record Component(String name, boolean nullable, String text) {}

    static RecordShape of(ClassInfo record, IndexView index) {
        Map<String, String> texts = texts(record.name().toString());
        List<Component> components = record.recordComponentsInDeclarationOrder().stream()
                .flatMap(component -> components(component, texts, index))
                .toList();
        return new RecordShape(record.name().toString(), texts.getOrDefault("", ""), components);
    }

    Set<String> names() {
        return components.stream().map(Component::name).collect(Collectors.toSet());
    }

    private static Stream<Component> components(
            RecordComponentInfo component, Map<String, String> texts, IndexView index) {
        if (component.field().hasDeclaredAnnotation(JsonUnwrapped.class)) {
            ClassInfo unwrapped =
                    Objects.requireNonNull(index.getClassByName(component.type().name()));
            return of(unwrapped, index).components().stream();
        }
        return Stream.of(
                new Component(component.name(), mayBeNull(component), texts.getOrDefault(component.name(), "")));
    }

    /** A request may lack anything, so its records take null; {@code @Schema(required = true)} says that it must not. */
    private static boolean mayBeNull(RecordComponentInfo component) {
        @Nullable AnnotationInstance schema = component.field().declaredAnnotation(SCHEMA);
        boolean isRequired = schema != null
                && schema.value("required") != null
                && schema.value("required").asBoolean();
        return component.type().hasAnnotation(NULLABLE) && !isRequired;
    }

    /** What {@link RecordTexts} has written; nothing for a class that it has not seen. */
    private static Map<String, String> texts(String className) {
        String file = className.replace('.', '/') + RecordTexts.SUFFIX;
        try (InputStream stream = Thread.currentThread().getContextClassLoader().getResourceAsStream(file)) {
            if (stream == null) {
                return Map.of();
            }
            return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
                    .lines()
                    .map(line -> line.split("=", 2))
                    .collect(Collectors.toMap(line -> line[0], line -> line[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
