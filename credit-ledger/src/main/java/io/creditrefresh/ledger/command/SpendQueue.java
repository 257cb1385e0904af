package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.command.WaitingSpend.Lead;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which plain spends go together, in the order of their coming, and when: at once while few statements are under way, else
 * with the next one. No user is in two statements at a time, nor twice in one: a spend would only wait for the other's
 * lock. Holds as many spends as there are callers, each of whom waits for its own.
 */
final class SpendQueue {

    private final int statementsMax;
    private final int spendsMax;

    private final Set<WaitingSpend> waiting = new LinkedHashSet<>();
    private final Set<String> usersUnderWay = new HashSet<>();
    private int statementsUnderWay;

    /**
     * A queue.
     *
     * @param statementsMax so many statements may be under way at a time
     * @param spendsMax of one statement
     */
    SpendQueue(int statementsMax, int spendsMax) {
        this.statementsMax = statementsMax;
        this.spendsMax = spendsMax;
    }

    /** The group that the newcomer leads at once; empty if it has to wait until it is told. */
    synchronized Optional<List<WaitingSpend>> enter(WaitingSpend newcomer) {
        waiting.add(newcomer);
        return next();
    }

    /** Takes back one that waits; false if it is under way by now, or has been told to lead. */
    synchronized boolean leave(WaitingSpend spend) {
        return waiting.remove(spend);
    }

    /** Lets those go next who have waited for the end of this group's statement: the first of them leads. */
    synchronized void end(List<WaitingSpend> group) {
        statementsUnderWay--;
        group.forEach(spend -> usersUnderWay.remove(spend.userId()));
        // More than one where a user of this group kept several others of its own waiting.
        for (var next = next(); next.isPresent(); next = next()) {
            next.get().get(0).tell(new Lead(next.get()));
        }
    }

    private Optional<List<WaitingSpend>> next() {
        List<WaitingSpend> group = new ArrayList<>();
        if (statementsUnderWay < statementsMax) {
            Iterator<WaitingSpend> each = waiting.iterator();
            while (each.hasNext() && group.size() < spendsMax) {
                WaitingSpend spend = each.next();
                if (usersUnderWay.add(spend.userId())) {
                    each.remove();
                    group.add(spend);
                }
            }
        }
        if (group.isEmpty()) {
            return Optional.empty();
        }
        statementsUnderWay++;
        return Optional.of(group);
    }
}
