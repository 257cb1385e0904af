package io.creditrefresh.local;

/** A run that cannot go on; the message tells the user why. */
final class RunFailedException extends RuntimeException {

    RunFailedException(String message) {
        super(message);
    }
}
