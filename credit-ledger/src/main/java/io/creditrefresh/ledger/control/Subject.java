package io.creditrefresh.ledger.control;

import java.util.Arrays;

/** What can be stopped by hand. */
public enum Subject {
    /** Nobody refreshes by himself; what is due stays due. */
    REFRESHING("refreshing"),
    /** Nobody consumes. */
    SPENDING("spending");

    private final String code;

    Subject(String code) {
        this.code = code;
    }

    /** As it stands in the database. */
    public String code() {
        return code;
    }

    /**
     * The subject with this code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Subject of(String code) {
        return Arrays.stream(values())
                .filter(subject -> subject.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no subject: " + code));
    }
}
