package io.creditrefresh.worker.task;

import io.creditrefresh.edge.problem.ProblemCode;
import org.jspecify.annotations.Nullable;

/** The numbers that a field may have. */
record Bounds(String field, int min, int max) {

    /** Anything else, if it is there, is the problem {@code invalid_request}. */
    void check(@Nullable Integer value) {
        if (value != null && (value < min || value > max)) {
            throw ProblemCode.INVALID_REQUEST.problem("%s is %d to %d".formatted(field, min, max));
        }
    }
}
