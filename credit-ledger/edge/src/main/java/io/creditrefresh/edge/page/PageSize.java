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
        try {
            int size = Integer.parseInt(limit);
            if (size >= 1 && size <= MAX) {
                return size;
            }
        } catch (NumberFormatException e) {
            // Said below, in the same words as a size out of range.
        }
        throw ProblemCode.INVALID_REQUEST.problem("limit is 1 to " + MAX);
    }
}
