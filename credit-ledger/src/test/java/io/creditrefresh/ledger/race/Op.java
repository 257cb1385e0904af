package io.creditrefresh.ledger.race;

import io.creditrefresh.ledger.command.Command;
import io.creditrefresh.ledger.reference.ReferenceSubscriber;
import java.sql.SQLException;

/**
 * Something that a client does to a subscriber, and what it is in the reference.
 *
 * @param number within its race; the entries that it writes name it as their actor
 * @param told for people
 * @param due whether an account must not be due when it takes effect
 */
record Op(int number, String told, Due due, Run run, Replay replay) {

    /** What is to be done first. */
    enum Due {
        /** The due refresh, whatever the switches say. */
        FIRST,
        /** The due refresh, unless nobody refreshes by himself. */
        UNLESS_PAUSED,
        /** This; then the refresh that is due by it, at once. */
        AFTERWARDS,
        /** The due refresh; then the one that is due by this. */
        FIRST_AND_AFTERWARDS;

        boolean isFirst(boolean paused) {
            return this == FIRST || this == FIRST_AND_AFTERWARDS || this == UNLESS_PAUSED && !paused;
        }

        boolean isAfterwards() {
            return this == AFTERWARDS || this == FIRST_AND_AFTERWARDS;
        }
    }

    /** Does it. */
    interface Run {
        Object by(Client client, Command command) throws SQLException;
    }

    /** Does it to one account of the reference. */
    interface Replay {
        String on(ReferenceSubscriber reference, Written written);
    }

    String actor() {
        return "op-" + number;
    }

    @Override
    public String toString() {
        return number + ": " + told;
    }
}
