package io.creditrefresh.ledger.plan;

/** The catalogue has no allowance for a plan and kind that an account is on. */
public final class NoAllowanceException extends RuntimeException {

    NoAllowanceException(String plan, CreditKind kind) {
        super("the catalogue has no allowance of kind " + kind.code() + " for plan " + plan);
    }
}
