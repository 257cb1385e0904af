package io.creditrefresh.billing;

/** An event is not what its provider's documentation says; trying again does not help. */
public final class UnreadableEventException extends RuntimeException {

    /**
     * An event that is not understood.
     *
     * @param message for support staff: what is missing or wrong, and where, without the event's values
     */
    public UnreadableEventException(String message) {
        super(message);
    }
}
