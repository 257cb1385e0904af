package io.creditrefresh.edge.page;

import io.creditrefresh.edge.problem.ProblemCode;
import org.jspecify.annotations.Nullable;

/** How many items a client may ask for at once. */
public final class PageSize {

    public static final int MAX = 200;
    public static final int DEFAULT = 50;

    private PageSize() {}

    /** The size that {@code limit} asks for; outside of 1 to 200 it is the problem {@code invalid_request}. */
    public static int of(@Nullable String limit) {
        if (limit == null) {
            return DEFAULT;
        }
        // A number of three digits can be parsed; signs, and digits of other scripts, are no numbers here.
        if (limit.matches("[1-9][0-9]{0,2}") && Integer.parseInt(limit) <= MAX) {
            return Integer.parseInt(limit);
        }
        throw ProblemCode.INVALID_REQUEST.problem("limit is 1 to " + MAX);
    }
}
