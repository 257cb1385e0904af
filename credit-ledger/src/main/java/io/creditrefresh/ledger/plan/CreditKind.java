package io.creditrefresh.ledger.plan;

import java.util.Locale;

/** What is counted: the single pool of Credits v1, and the two kinds of Credits v2. */
public enum CreditKind {
    CREDITS,
    ANALYSIS,
    ROAST;

    private final String code = name().toLowerCase(Locale.ROOT);

    /** The kind as columns, messages and the API write it. */
    public String code() {
        return code;
    }

    /**
     * The kind of a code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static CreditKind of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
