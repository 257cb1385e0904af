package io.creditrefresh.ledger.message;

/** A message is no refresh job of a known version. Its message is the reason, fit for a header. */
public final class UnreadableJobException extends Exception {

    UnreadableJobException(String reason) {
        super(reason, null, false, false);
    }
}
