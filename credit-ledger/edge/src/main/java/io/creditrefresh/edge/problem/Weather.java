package io.creditrefresh.edge.problem;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a database that is away or too busy from one that refuses what we ask. */
final class Weather {

    // Connection lost, out of resources, stopped by an operator or a timeout, system error; deadlock and lock timeout.
    private static final Set<String> CLASSES = Set.of("08", "53", "57", "58", "40");
    private static final String LOCK_TIMEOUT = "55P03";

    private Weather() {}

    /** The cause that is weather, if there is one. */
    static Optional<SQLException> in(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (cause instanceof SQLException sql && isWeather(sql.getSQLState())) {
                return Optional.of(sql);
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    /** The pool's own exceptions, such as no connection in time, have no state. */
    private static boolean isWeather(@Nullable String state) {
        return state == null || state.equals(LOCK_TIMEOUT) || CLASSES.contains(state.substring(0, 2));
    }
}
