package io.creditrefresh.local.bench.http;

/** There are no figures; the message says why, for people. */
final class NotMeasuredException extends RuntimeException {

    NotMeasuredException(String message) {
        super(message);
    }

    NotMeasuredException(String message, Throwable cause) {
        super(message, cause);
    }
}
