package io.creditrefresh.ledger.provider;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The order in which one subscription's snapshots came about, whatever order they arrived in: by the provider's time,
 * which counts in seconds; within a second what was asked for, created, updated, deleted; updates of one second as each
 * follows from the one whose values it names as previous; then by event id.
 */
final class SnapshotOrder {

    private static final Comparator<Snapshot> BY_KIND_AND_ID =
            Comparator.comparing(Snapshot::kind).thenComparing(Snapshot::eventId);

    private SnapshotOrder() {}

    /** The snapshots of one subscription, oldest first: the same list for the same set. */
    static List<Snapshot> oldestFirst(Collection<Snapshot> snapshots) {
        TreeMap<Instant, List<Snapshot>> seconds = new TreeMap<>();
        snapshots.forEach(snapshot ->
                seconds.computeIfAbsent(snapshot.at(), at -> new ArrayList<>()).add(snapshot));
        List<Snapshot> ordered = new ArrayList<>();
        for (List<Snapshot> second : seconds.values()) {
            second.sort(BY_KIND_AND_ID);
            second.stream()
                    .filter(each -> each.kind().compareTo(Snapshot.Kind.UPDATED) < 0)
                    .forEach(ordered::add);
            chain(
                            ordered.isEmpty()
                                    ? null
                                    : ordered.get(ordered.size() - 1).terms(),
                            second.stream()
                                    .filter(each -> each.kind() == Snapshot.Kind.UPDATED)
                                    .toList())
                    .forEach(ordered::add);
            second.stream().filter(each -> each.kind() == Snapshot.Kind.DELETED).forEach(ordered::add);
        }
        return ordered;
    }

    /** Updates of one second, each following from the one before it as far as they can. */
    private static List<Snapshot> chain(@Nullable Terms before, List<Snapshot> updates) {
        if (updates.size() < 2) {
            return updates;
        }
        List<Snapshot> longest = chainFrom(before, updates);
        // What went before this second may not have arrived: then one of the updates is the first.
        for (Snapshot first : updates) {
            List<Snapshot> rest = new ArrayList<>(updates);
            rest.remove(first);
            List<Snapshot> others = chainFrom(first.terms(), rest);
            if (others.size() + 1 > longest.size()) {
                longest = new ArrayList<>(others);
                longest.add(0, first);
            }
        }
        List<Snapshot> ordered = new ArrayList<>(updates);
        ordered.removeAll(longest);
        ordered.addAll(longest);
        return ordered;
    }

    private static List<Snapshot> chainFrom(@Nullable Terms before, List<Snapshot> updates) {
        List<Snapshot> rest = new ArrayList<>(updates);
        List<Snapshot> chained = new ArrayList<>();
        Terms at = before;
        while (at != null) {
            Terms from = at;
            Optional<Snapshot> next =
                    rest.stream().filter(each -> follows(from, each)).findFirst();
            next.ifPresent(rest::remove);
            next.ifPresent(chained::add);
            at = next.map(Snapshot::terms).orElse(null);
        }
        return chained;
    }

    /** Whether an update can have been made of these terms: each is what it names as previous, or else still the same. */
    private static boolean follows(Terms before, Snapshot update) {
        Previous previous = update.previous();
        Terms after = update.terms();
        return before.plan().equals(Objects.requireNonNullElse(previous.plan(), after.plan()))
                && before.status() == Objects.requireNonNullElse(previous.status(), after.status())
                && before.periodStart().equals(Objects.requireNonNullElse(previous.periodStart(), after.periodStart()));
    }
}
