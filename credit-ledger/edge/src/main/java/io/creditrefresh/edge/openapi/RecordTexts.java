package io.creditrefresh.edge.openapi;

import java.io.IOException;
import java.io.Writer;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/**
 * Runs in the compiler: writes the Javadoc of each record and enum into a file beside its class, from where
 * {@link ApiDocument} takes it into the OpenAPI document. Each line is {@code component=text}; the one without a component
 * is about the whole.
 */
@SupportedAnnotationTypes("*")
public final class RecordTexts extends AbstractProcessor {

    /** What the name of a file ends with; it begins with the binary name of the class. */
    static final String SUFFIX = ".texts";

    private static final Pattern TAGS = Pattern.compile("^\\s*@", Pattern.MULTILINE);
    private static final Pattern PARAM = Pattern.compile("param\\s+(\\w+)\\s+(.*)", Pattern.DOTALL);
    private static final Pattern INLINE = Pattern.compile("\\{@(?:code|link|linkplain|value)\\s+([^{}]*)}");

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        ElementFilter.typesIn(round.getRootElements()).forEach(this::writeWithNested);
        return false;
    }

    private void writeWithNested(TypeElement type) {
        if (type.getKind() == ElementKind.RECORD || type.getKind() == ElementKind.ENUM) {
            write(type);
        }
        ElementFilter.typesIn(type.getEnclosedElements()).forEach(this::writeWithNested);
    }

    private void write(TypeElement type) {
        Elements elements = processingEnv.getElementUtils();
        @Nullable String javadoc = elements.getDocComment(type);
        if (javadoc == null) {
            return;
        }
        String name = elements.getBinaryName(type).toString();
        int dot = name.lastIndexOf('.');
        try (Writer file = processingEnv
                .getFiler()
                .createResource(
                        StandardLocation.CLASS_OUTPUT,
                        name.substring(0, Math.max(0, dot)),
                        name.substring(dot + 1) + SUFFIX,
                        type)
                .openWriter()) {
            file.write(texts(javadoc));
        } catch (IOException e) {
            processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, "no texts written: " + e, type);
        }
    }

    /** The lines of the file for a Javadoc comment without its stars. */
    static String texts(String javadoc) {
        String[] parts = TAGS.split(javadoc, -1);
        StringBuilder lines = new StringBuilder("=").append(plain(parts[0])).append('\n');
        for (int i = 1; i < parts.length; i++) {
            Matcher param = PARAM.matcher(parts[i]);
            if (param.matches()) {
                lines.append(param.group(1))
                        .append('=')
                        .append(plain(param.group(2)))
                        .append('\n');
            }
        }
        return lines.toString();
    }

    /** One line of Markdown, which is what descriptions are. */
    private static String plain(String javadoc) {
        return INLINE.matcher(javadoc)
                .replaceAll("`$1`")
                .replaceAll("\\s+", " ")
                .trim();
    }
}
