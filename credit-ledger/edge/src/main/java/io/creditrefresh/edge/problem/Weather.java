package io.creditrefresh.edge.problem;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a database that is away or too busy from one that refuses what we ask. */
public final class Weather {

    // Connection lost, refused to this role, or to this database; out of resources; stopped by an operator or a
    // timeout;
    // system error; deadlock; lock timeout; database that takes no connections.
    private static final Set<String> STATES = Set.of("08", "28", "3D", "53", "57", "58", "40", "55P03", "55000");

    private Weather() {}

    /** The cause that is weather, if there is one. */
    public static Optional<SQLException> in(Throwable failure) {
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
        return state == null || STATES.stream().anyMatch(state::startsWith);
    }
}
