package io.creditrefresh.ledger.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All allowances of all plans, as read at one moment. */
public final class Catalogue {

    /** The plan whose amounts a cancelled account is refreshed with. */
    public static final String FREE = "free";

    private record Key(String plan, CreditKind kind) {}

    private final Map<Key, List<PlanAllowance>> newestFirst = new HashMap<>();

    public Catalogue(Collection<PlanAllowance> allowances) {
        for (PlanAllowance allowance : allowances) {
            newestFirst
                    .computeIfAbsent(new Key(allowance.plan(), allowance.kind()), key -> new ArrayList<>())
                    .add(allowance);
        }
        newestFirst
                .values()
                .forEach(list ->
                        list.sort(Comparator.comparing(PlanAllowance::validFrom).reversed()));
    }

    /** With one more, in place of one of the same plan, kind and start. */
    public Catalogue with(PlanAllowance allowance) {
        List<PlanAllowance> all = new ArrayList<>();
        newestFirst.values().forEach(all::addAll);
        all.removeIf(each -> each.plan().equals(allowance.plan())
                && each.kind() == allowance.kind()
                && each.validFrom().equals(allowance.validFrom()));
        all.add(allowance);
        return new Catalogue(all);
    }

    /** What every plan gives at an instant, in the order of plans and kinds. */
    public List<PlanAllowance> allAt(Instant instant) {
        return newestFirst.keySet().stream()
                .sorted(Comparator.comparing(Key::plan).thenComparing(Key::kind))
                .map(key -> allowanceAt(key.plan(), key.kind(), instant))
                .toList();
    }

    /**
     * The allowance in force at {@code instant}.
     *
     * @throws NoAllowanceException if the plan gives nothing of this kind, or is unknown
     */
    public PlanAllowance allowanceAt(String plan, CreditKind kind, Instant instant) {
        for (PlanAllowance allowance : newestFirst.getOrDefault(new Key(plan, kind), List.of())) {
            if (!allowance.validFrom().isAfter(instant)) {
                return allowance;
            }
        }
        throw new NoAllowanceException(plan, kind);
    }

    public boolean knows(String plan, CreditKind kind) {
        return newestFirst.containsKey(new Key(plan, kind));
    }

    /** Whether a plan has an amount of each of these kinds. */
    public boolean knowsAll(String plan, Collection<CreditKind> kinds) {
        return kinds.stream().allMatch(kind -> knows(plan, kind));
    }

    /** Whether a plan gives less than another one; not if nobody knows any more what that one gave. */
    public boolean isLower(String plan, String than, CreditKind kind, Instant at) {
        return knows(than, kind)
                && allowanceAt(plan, kind, at).amount()
                        < allowanceAt(than, kind, at).amount();
    }

    /** Whether any plan has ever carried an unused allowance over. */
    public boolean carriesOver() {
        return newestFirst.values().stream()
                .flatMap(List::stream)
                .anyMatch(allowance -> allowance.rollover().cap() > 0);
    }

    /** The plans that give {@code kind}, in alphabetical order. */
    public List<String> plansWith(CreditKind kind) {
        Set<Key> keys = newestFirst.keySet();
        return keys.stream()
                .filter(key -> key.kind() == kind)
                .map(Key::plan)
                .sorted()
                .toList();
    }
}
