package io.creditrefresh.planner.csv;

/** A text that is no value of its column; without a stack trace: there may be millions. */
final class BadTextException extends Exception {

    private final String reason;

    BadTextException(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
