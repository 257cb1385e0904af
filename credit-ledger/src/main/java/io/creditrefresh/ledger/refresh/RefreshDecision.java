package io.creditrefresh.ledger.refresh;

/** What becomes of one refresh job. */
public sealed interface RefreshDecision {

    /** The account is due: write this refresh. */
    record Apply(Refresh refresh) implements RefreshDecision {}

    /** Nothing to write, and why. */
    enum Not implements RefreshDecision {
        /** The account has left the period that the job was emitted for: somebody refreshed it, or moved its end. */
        ALREADY,
        /** On hold or past due. */
        OFF_SCHEDULE,
        /** Its period has not ended by this clock; the sweep emits it again when it has. */
        NOT_DUE
    }
}
