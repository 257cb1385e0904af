package io.creditrefresh.ledger.race;

import io.creditrefresh.ledger.reference.Line;

/**
 * An entry as the database has it.
 *
 * @param at when it was written, epoch milliseconds
 * @param refreshSeq of the refresh that it takes back; 0 for none
 */
record Written(Line line, String actor, long at, long refreshSeq, String key) {

    String kind() {
        return line.kind();
    }
}
