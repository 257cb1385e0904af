package io.creditrefresh.worker.trouble;

import io.creditrefresh.ledger.plan.NoAllowanceException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.postgresql.util.PSQLException;

/** What an error means for the batch that it happened to; nobody else decides that. */
public enum Trouble {
    /** Database or broker away, or shutting down: nobody's fault, the same batch is tried again until it commits. */
    WEATHER,
    /** Somebody else holds a lock: tried again on what is not locked, the rest is left to the sweep. */
    CONTENTION,
    /** The rules refuse this account as it is. */
    BAD_DATA,
    /** The database refuses this account. */
    REFUSED,
    /** A broken invariant: ours to repair. */
    BUG;

    private static final Set<String> WEATHER_CLASSES = Set.of("08", "53", "57", "58");
    private static final Set<String> LOCKS = Set.of("55P03", "40P01", "40001");
    private static final String CONSTRAINT_CLASS = "23";

    /** Decides by the error itself, or by what caused it. */
    public static Trouble of(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof WeatherException
                    || cause instanceof KafkaException
                    || cause instanceof InterruptedException) {
                return WEATHER;
            }
            if (cause instanceof SQLException sql) {
                return ofSql(sql);
            }
            if (cause instanceof NoAllowanceException || cause instanceof ArithmeticException) {
                return BAD_DATA;
            }
        }
        return BUG;
    }

    private static Trouble ofSql(SQLException error) {
        String state = error.getSQLState();
        if (state == null || state.length() < 2) {
            // The pool has no SQLSTATE to give: a connection could not be had in time.
            return WEATHER;
        }
        if (error instanceof SQLTransientConnectionException
                || error instanceof SQLRecoverableException
                || WEATHER_CLASSES.contains(state.substring(0, 2))) {
            return WEATHER;
        }
        if (LOCKS.contains(state)) {
            return CONTENTION;
        }
        return state.startsWith(CONSTRAINT_CLASS) ? BUG : REFUSED;
    }

    /** Two errors that look alike: the same kind of exception and, from the database, the same SQLSTATE. */
    public static String kindOf(Throwable error) {
        String name = error.getClass().getName();
        return error instanceof SQLException sql ? name + " " + sql.getSQLState() : name;
    }

    /** What was wrong, without the row data that the database adds as details. */
    public static String messageOf(Throwable error) {
        if (error instanceof PSQLException sql && sql.getServerErrorMessage() != null) {
            return sql.getServerErrorMessage().getMessage() + " (SQLSTATE " + sql.getSQLState() + ")";
        }
        String message = error.getMessage();
        return message == null ? error.getClass().getSimpleName() : message;
    }
}
