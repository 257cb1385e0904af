package io.creditrefresh.ledger.provider;

/** A provider did not answer, or not so that it is understood. */
public final class ProviderUnavailableException extends RuntimeException {

    public ProviderUnavailableException(String message) {
        super(message);
    }

    public ProviderUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
