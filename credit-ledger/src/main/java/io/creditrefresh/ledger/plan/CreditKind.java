package io.creditrefresh.ledger.plan;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

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
        return find(code).orElseThrow(() -> new IllegalArgumentException("no kind of credits: " + code));
    }

    /** The kind of a code; empty if there is none. */
    public static Optional<CreditKind> find(String code) {
        return Arrays.stream(values()).filter(kind -> kind.code.equals(code)).findFirst();
    }
}
