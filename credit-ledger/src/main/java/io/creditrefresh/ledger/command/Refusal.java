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
    /** The billing provider's customer is another user. */
    CUSTOMER_TAKEN,
    /** What a change was decided on is not so any more. */
    CHANGED_MEANWHILE,
    /** There is no spend under this key. */
    SPEND_NOT_FOUND,
    ALREADY_REFUNDED,
    /** Nothing of the account's present period has failed. */
    NOTHING_FAILED,
    /** There is no billing event with this id. */
    NO_SUCH_EVENT,
    /** There is no job of many accounts with this id. */
    NO_SUCH_JOB,
    /** All of it is done: nothing is left to cancel. */
    JOB_IS_OVER,
    /** With Credits v2 on, nobody spends from the single pool. */
    POOL_IS_CLOSED,
    /** Spends are booked at the prices that the rollout began with. */
    ROLLOUT_HAS_BEGUN,
    /** Credits v1 is given up; nothing of the rollout changes any more. */
    ROLLOUT_IS_CLOSED,
    /** Credits v1 cannot be given up while anybody may be in it. */
    ROLLOUT_IS_NOT_GLOBAL,
    /** The rollout cannot begin, or go on, with a plan that gives credits of the single pool alone. */
    PLANS_LACK_KINDS,
    /** Nothing changes at an anonymised user any more. */
    ANONYMISED,
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
