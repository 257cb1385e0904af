package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.movement.Entry;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What a command has done, or would do.
 *
 * @param before the subscriber before anything that it did
 * @param after the subscriber as it left them
 * @param entries of the ledger, the due refreshes first
 * @param overdue accounts that are due and cannot be refreshed
 */
public record Result(Subscriber before, Subscriber after, List<Entry> entries, Set<Long> overdue, Instant at) {

    public Result {
        entries = List.copyOf(entries);
        overdue = Set.copyOf(overdue);
    }
}
