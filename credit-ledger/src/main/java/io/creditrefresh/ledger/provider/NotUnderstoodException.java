package io.creditrefresh.ledger.provider;

/** A provider says something of one customer that is not understood, as a price that is not mapped. */
public final class NotUnderstoodException extends RuntimeException {

    public NotUnderstoodException(String message) {
        super(message);
    }
}
