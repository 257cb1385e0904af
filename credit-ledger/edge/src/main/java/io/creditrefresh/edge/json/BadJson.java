package io.creditrefresh.edge.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.annotation.Priority;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a body, in place of the parser, whose words name our classes. */
public final class BadJson {

    private static final int SHOWN_MAX = 100;

    private BadJson() {}

    /** The problem's detail when its cause is a body that cannot be read. */
    public static Optional<String> detail(@Nullable Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof JsonProcessingException)) {
            cause = cause.getCause();
        }
        return Optional.ofNullable((JsonProcessingException) cause).map(BadJson::described);
    }

    private static String described(JsonProcessingException bad) {
        String field = bad instanceof JsonMappingException mapping ? field(mapping) : "";
        if (field.isEmpty()) {
            return "the body is not the JSON that is asked for";
        }
        String shown = field.length() > SHOWN_MAX ? field.substring(0, SHOWN_MAX) + "…" : field;
        return bad instanceof UnrecognizedPropertyException ? "there is no " + shown : shown + " has a wrong value";
    }

    /** As {@code items[0].amount}. */
    private static String field(JsonMappingException mapping) {
        return mapping.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    /** The framework's own answer is no problem, and names a class. */
    @Provider
    @Priority(1)
    static final class Mismatched extends ExceptionMapperBase<MismatchedInputException> {

        @Override
        protected HttpProblem toProblem(MismatchedInputException exception) {
            return HttpProblem.builder().withStatus(400).build();
        }
    }
}
