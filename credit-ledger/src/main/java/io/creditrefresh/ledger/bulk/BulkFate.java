package io.creditrefresh.ledger.bulk;

import java.util.Locale;

/** What became of one account in a job, or of one of its refreshes. */
public enum BulkFate {
    /** Nothing yet; of a cancelled job, nothing ever. */
    OPEN,
    /** It was due, or its allowance was filled up. */
    REFRESHED,
    /** Its allowance was full. */
    UNCHANGED,
    /** On hold or past due: nothing is granted. */
    HELD,
    /** The refresh was taken back, as far as it was not spent. */
    RESTORED,
    /** It was taken back before. */
    ALREADY,
    /** The account has left the refresh's period: nothing of it is left to take. */
    PERIOD_OVER,
    FAILED;

    /** As it stands in the database. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The fate with this code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static BulkFate of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
