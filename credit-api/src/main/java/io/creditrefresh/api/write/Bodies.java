package io.creditrefresh.api.write;

import io.creditrefresh.edge.problem.ProblemCode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks what every body may lack. */
public final class Bodies {

    private static final int REASON_MAX = 500;
    private static final Pattern PRINTABLE = Pattern.compile("[^\\p{Cc}\\p{Cs}\uFFFD]*");

    private Bodies() {}

    /** The body, or the problem {@code invalid_request} if there is none. */
    public static <T> T present(@Nullable T body) {
        if (body == null) {
            throw ProblemCode.INVALID_REQUEST.problem("the body is not the JSON that is asked for");
        }
        return body;
    }

    /** A field, or the problem {@code invalid_request} if it is missing or empty. */
    public static String present(@Nullable String value, String name) {
        if (value == null || value.isEmpty()) {
            throw ProblemCode.INVALID_REQUEST.problem(name + " is missing");
        }
        return value;
    }

    /** A text for people, of one line. */
    public static @Nullable String text(@Nullable String value, String name, int lengthMax) {
        if (value != null
                && (value.length() > lengthMax || !PRINTABLE.matcher(value).matches())) {
            throw ProblemCode.INVALID_REQUEST.problem(
                    "%s has at most %d characters, all of them printable".formatted(name, lengthMax));
        }
        return value;
    }

    /** Why an admin does something. */
    public static @Nullable String reason(@Nullable String value) {
        return text(value, "reason", REASON_MAX);
    }
}
