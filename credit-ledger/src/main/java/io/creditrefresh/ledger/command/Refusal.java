package io.creditrefresh.ledger.command;

/** Why a command had no effect. */
public enum Refusal {
    USER_NOT_FOUND,
    /** The catalogue does not give every kind of the user's accounts under this plan. */
    UNKNOWN_PLAN,
    /** The user has no account of this kind. */
    NO_SUCH_ACCOUNT,
    /** On hold or past due: nothing is granted by hand meanwhile. */
    ON_HOLD,
    /** An adjustment would take more than the bonus has. */
    NOT_ENOUGH_BONUS,
    /** There is no spend under this key. */
    SPEND_NOT_FOUND,
    ALREADY_REFUNDED,
    /** The idempotency key was used for something else. */
    KEY_REUSED,
    /** The spend under this key was done so long ago that its answer is no longer kept. */
    KEY_EXPIRED;

    /** Thrown by a decision; ends its transaction. */
    RefusedException exception() {
        return new RefusedException(this);
    }

    /** Carries a refusal out of a transaction that is to be rolled back. */
    static final class RefusedException extends RuntimeException {

        private final transient Refusal refusal;

        private RefusedException(Refusal refusal) {
            super(refusal.name(), null, false, false);
            this.refusal = refusal;
        }

        Refusal refusal() {
            return refusal;
        }
    }
}
