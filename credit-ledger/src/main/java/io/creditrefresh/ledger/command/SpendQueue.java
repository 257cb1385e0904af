package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.command.WaitingSpend.Lead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Which plain spends go together, in the order of their coming, and when: at once while no statement is under way, else
 * with the next one. One that is late is not waited for, up to a number of them. Of each user one is begun at a time: a
 * second one would only wait for the first one's lock, on a connection of its own. Holds as many spends as there are
 * callers, each of whom waits for its own.
 */
final class SpendQueue {

    private final int statementsMax;
    private final int spendsMax;
    private final Duration late;
    private final LongSupplier nanos;

    private final Set<WaitingSpend> waiting = new LinkedHashSet<>();
    private final Set<String> usersInStatements = new HashSet<>();
    /** By user, the one that was let go and whose caller is not done with it. */
    private final Map<String, WaitingSpend> begun = new HashMap<>();
    /** By group, when its statement began. */
    private final IdentityHashMap<List<WaitingSpend>, Long> underWay = new IdentityHashMap<>();

    /**
     * A queue.
     *
     * @param statementsMax so many statements may be under way at a time, all but one of them late
     * @param spendsMax of one statement
     * @param late how long a statement may take before the next one may go
     * @param nanos real time, as of {@link System#nanoTime()}
     */
    SpendQueue(int statementsMax, int spendsMax, Duration late, LongSupplier nanos) {
        this.statementsMax = statementsMax;
        this.spendsMax = spendsMax;
        this.late = late;
        this.nanos = nanos;
    }

    /** Takes one, which will be told to lead, at once if it may, or what another leader did for it. */
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

    /**
     * Ends what {@link #enter} began, after the caller has done all for this spend that there is to do: only now another
     * one of its user may go.
     */
    synchronized void finish(WaitingSpend spend) {
        waiting.remove(spend);
        if (begun.remove(spend.userId(), spend)) {
            letGo();
        }
    }

    /** Lets those go next who have waited for the end of this group's statement. */
    synchronized void end(List<WaitingSpend> group) {
        underWay.remove(group);
        group.forEach(spend -> usersInStatements.remove(spend.userId()));
        letGo();
    }

    private void letGo() {
        long now = nanos.getAsLong();
        if (underWay.size() == statementsMax
                || underWay.values().stream().anyMatch(start -> now - start < late.toNanos())) {
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
            String user = spend.userId();
            if (!usersInStatements.contains(user) && begun.putIfAbsent(user, spend) == null) {
                usersInStatements.add(user);
                each.remove();
                group.add(spend);
            }
        }
        return group;
    }
}
