package io.creditrefresh.planner.events;

/** Kafka did not acknowledge an event; any number of those sent with it may have arrived. */
public final class UndeliveredException extends Exception {

    UndeliveredException(Throwable reason) {
        super(text(reason), reason);
    }

    private static String text(Throwable reason) {
        Throwable cause = reason.getCause();
        return cause == null ? String.valueOf(reason.getMessage()) : reason.getMessage() + ": " + cause.getMessage();
    }
}
