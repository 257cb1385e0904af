package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.command.WaitingSpend.Lead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Which plain spends go together, in the order of their coming, and when: at once while no statement is under way, else
 * with the next one. One that is late is not waited for, up to a number of them. No user is in two statements at a time,
 * nor twice in one: a spend would only wait for the other's lock. Holds as many spends as there are callers, each of whom
 * waits for its own.
 */
final class SpendQueue {

    /** Many times what a statement takes, and little beside what a client waits for. */
    static final Duration LATE = Duration.ofMillis(100);

    private final int statementsMax;
    private final int spendsMax;
    private final LongSupplier nanos;

    private final Set<WaitingSpend> waiting = new LinkedHashSet<>();
    private final Set<String> usersUnderWay = new HashSet<>();
    /** By group, when its statement began. */
    private final IdentityHashMap<List<WaitingSpend>, Long> underWay = new IdentityHashMap<>();

    /**
     * A queue.
     *
     * @param statementsMax so many statements may be under way at a time, all but one of them late
     * @param spendsMax of one statement
     * @param nanos real time, as of {@link System#nanoTime()}
     */
    SpendQueue(int statementsMax, int spendsMax, LongSupplier nanos) {
        this.statementsMax = statementsMax;
        this.spendsMax = spendsMax;
        this.nanos = nanos;
    }

    /** Takes one that is told to lead, at once if it may, or told what became of it. */
    synchronized void enter(WaitingSpend newcomer) {
        waiting.add(newcomer);
        letGo();
    }

    /** Lets those who wait go if the statement under way is late. */
    synchronized void goOn() {
        letGo();
    }

    /** Takes back one that waits; false if it is under way by now, or has been told to lead. */
    synchronized boolean leave(WaitingSpend spend) {
        return waiting.remove(spend);
    }

    /** Lets those go next who have waited for the end of this group's statement. */
    synchronized void end(List<WaitingSpend> group) {
        underWay.remove(group);
        group.forEach(spend -> usersUnderWay.remove(spend.userId()));
        letGo();
    }

    private void letGo() {
        long now = nanos.getAsLong();
        if (underWay.size() == statementsMax
                || underWay.values().stream().anyMatch(start -> now - start < LATE.toNanos())) {
            return;
        }
        List<WaitingSpend> group = next();
        if (!group.isEmpty()) {
            underWay.put(group, now);
            group.get(0).tell(new Lead(group));
        }
    }

    private List<WaitingSpend> next() {
        List<WaitingSpend> group = new ArrayList<>();
        Iterator<WaitingSpend> each = waiting.iterator();
        while (each.hasNext() && group.size() < spendsMax) {
            WaitingSpend spend = each.next();
            if (usersUnderWay.add(spend.userId())) {
                each.remove();
                group.add(spend);
            }
        }
        return group;
    }
}
