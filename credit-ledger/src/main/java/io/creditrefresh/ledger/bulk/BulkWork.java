package io.creditrefresh.ledger.bulk;

import java.util.Locale;

/** What is done to each account. */
public enum BulkWork {
    /** The manual refresh: what is due is refreshed, else the allowance is filled up. */
    REFRESH,
    /** A refresh is taken back. */
    RESTORE;

    /** As it stands in the database. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The work with this code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static BulkWork of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
