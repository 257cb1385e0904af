package io.creditrefresh.local.bench.http;

/** There are no figures; the message says why, for people. */
final class NotMeasuredException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NotMeasuredException(String message) {
        super(message);
    }

    NotMeasuredException(String message, Throwable cause) {
        super(message, cause);
    }
}
