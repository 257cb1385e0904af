package io.creditrefresh.ledger.race;

import java.util.Map;

/**
 * What came of an op.
 *
 * @param result an outcome, or what was thrown
 * @param from versions of the accounts that the client had seen before
 * @param to versions after it was refused; empty if it was not
 */
record Ran(Op op, Object result, Map<String, Long> from, Map<String, Long> to, long startedAt, long endedAt) {

    @Override
    public String toString() {
        return op + " from " + from + " to " + to + " at " + startedAt + ".." + endedAt + ": " + result;
    }
}
