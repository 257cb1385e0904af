package io.creditrefresh.ledger.bulk;

import java.util.Locale;

/** How far a job is. */
public enum BulkState {
    /** The planner writes down which accounts it is about. */
    LISTING,
    RUNNING,
    DONE,
    /** What was not done by then stays undone. */
    CANCELLED;

    /** Whether nothing comes any more. */
    public boolean isOver() {
        return this == DONE || this == CANCELLED;
    }

    /** As it stands in the database. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The state with this code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static BulkState of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
