package io.creditrefresh.ledger.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One subscriber's random life, lived by the rules and by the reference, and compared after every step. */
final class RandomLife {

    private static final List<String> PLANS = List.of("free", "starter", "pro", "scale");
    private static final long[] CAPS = {0, 0, 100, 5_000, PriceList.ALL};
    private static final long MINUTE = 60_000;
    private static final long DAY = 1_440 * MINUTE;

    private final SplittableRandom random;
    private final PriceList prices = new PriceList();
    private final List<String> kinds;
    private final RuledSubscriber ruled;
    private final ReferenceSubscriber reference;
    private final LinesCheck check = new LinesCheck();
    private final List<Told> story = new ArrayList<>();
    private final int steps;
    private long now;
    private int spends;

    /** What was done, told only if anybody asks. */
    private record Told(long at, String what, Object... details) {

        @Override
        public String toString() {
            return at + " " + what + " " + Arrays.toString(details);
        }
    }

    RandomLife(long seed) {
        random = new SplittableRandom(seed);
        steps = random.nextInt(10, 26);
        now = 1_767_225_600_000L + random.nextLong(700 * DAY);
        kinds = random.nextInt(4) == 0 ? List.of("credits", "analysis") : List.of("credits");
        for (String kind : kinds) {
            PLANS.forEach(plan -> prices.add(tag(plan, kind, PriceList.EVER)));
        }
        String userId = "user-" + random.nextInt(1_000_000);
        String plan = any(PLANS);
        story.add(new Told(now, "provisioned", userId, plan, List.copyOf(prices.tags())));
        ruled = new RuledSubscriber(userId, plan, kinds, prices, now);
        reference = new ReferenceSubscriber(userId, plan, kinds, prices, now);
    }

    void live() {
        compare();
        for (int i = 0; i < steps; i++) {
            step();
        }
    }

    int steps() {
        return steps;
    }

    /** Of all entries. */
    Set<String> types() {
        return check.types();
    }

    String story() {
        return story.stream().map(Told::toString).collect(Collectors.joining("\n"));
    }

    private void step() {
        passTime();
        switch (random.nextInt(21)) {
            case 0, 1, 2 -> job();
            case 3 -> refreshDue();
            case 4, 5 -> changePlan(now / 1_000);
            case 6 -> changePlan(now / 1_000 - random.nextLong(50 * 86_400));
            case 7 -> bill();
            case 8 -> hold();
            case 9 -> refreshDay();
            case 10 -> custom();
            case 11 -> first(subject -> subject.fillUp(now), "filled up");
            case 12 -> first(subject -> subject.reset(now), "reset");
            case 13 -> adjust();
            case 14 -> restore();
            case 15 -> sync();
            case 16, 17, 18 -> spend();
            case 19 -> refund();
            default -> somethingElse();
        }
    }

    /** Not at all, a little, to the very end of a period, or over several of them. */
    private void passTime() {
        switch (random.nextInt(8)) {
            case 0, 1 -> {}
            case 2, 3, 4 -> now += random.nextLong(12 * DAY);
            case 5 -> {
                long end = reference.purses().get(0).end() * 1_000;
                now = Math.max(now, end - random.nextInt(2));
            }
            case 6 -> now += random.nextLong(40 * DAY);
            default -> now += random.nextInt(20) == 0 ? random.nextLong(400 * DAY) : random.nextLong(1_000);
        }
    }

    private void job() {
        String kind = any(kinds);
        long end = purse(kind).end();
        long dueAt = random.nextInt(6) == 0 ? end - random.nextInt(1, 40) * 86_400L : end;
        each(subject -> subject.job(kind, dueAt, now), "job", kind, dueAt);
    }

    private void changePlan(long changedAt) {
        String plan = any(PLANS);
        first(subject -> subject.changePlan(plan, changedAt, now), "plan", plan, changedAt);
    }

    private void bill() {
        String state = any(List.of("active", "active", "past_due", "cancelled"));
        long soon = now / 1_000 + random.nextLong(-20 * 86_400, 60 * 86_400);
        long paidUntil = random.nextInt(3) == 0 ? soon : Purse.FOREVER;
        Function<Subject, String> change = subject -> subject.bill(state, paidUntil, now);
        if (state.equals("active")) {
            first(change, state, paidUntil);
        } else {
            each(change, state, paidUntil);
        }
        refreshDue();
    }

    private void hold() {
        boolean on = random.nextBoolean();
        first(subject -> subject.hold(on, now), "hold", on);
        refreshDue();
    }

    private void refreshDay() {
        int day = random.nextInt(4) == 0 ? 0 : random.nextInt(1, 32);
        first(subject -> subject.refreshDay(day, now), "refresh day", day);
    }

    private void custom() {
        String kind = any(kinds);
        long credits = random.nextInt(3) == 0 ? Purse.NONE : amount();
        first(subject -> subject.customAllowance(kind, credits, now), "custom allowance", kind, credits);
    }

    private void adjust() {
        String kind = any(kinds);
        long credits = random.nextBoolean() ? amount() + 1 : -1 - amount() / 3;
        first(subject -> subject.adjust(kind, credits), "adjusted", kind, credits);
    }

    private void restore() {
        List<Line> refreshes = reference.lines().stream()
                .filter(line -> line.type().equals("REFRESH"))
                .toList();
        if (!refreshes.isEmpty()) {
            int last = refreshes.size() - 1;
            Line line = refreshes.get(random.nextInt(3) == 0 ? random.nextInt(last + 1) : last);
            first(subject -> subject.restore(line.kind(), line.seq()), "restored", line.kind(), line.seq());
        }
    }

    /** Verification says what the sync will give; then there is nothing more to give. */
    private void sync() {
        refreshDue();
        for (String kind : kinds) {
            each(subject -> String.valueOf(subject.owed(kind)), "owed", kind);
        }
        each(Subject::sync, "synced");
        for (String kind : kinds) {
            if (ruled.owed(kind) != 0) {
                throw new AssertionError("still owed after the sync: " + ruled.owed(kind));
            }
        }
    }

    private void spend() {
        Map<String, Long> amounts = new LinkedHashMap<>();
        for (String kind : kinds) {
            Purse purse = purse(kind);
            long most = purse.allowance() + purse.bonus() + 1;
            amounts.put(kind, 1 + random.nextLong(random.nextInt(3) == 0 ? most : 1 + most / 4));
        }
        if (amounts.size() > 1 && random.nextBoolean()) {
            amounts.remove(any(kinds));
        }
        String key = "spend-" + (random.nextInt(5) == 0 ? random.nextInt(spends + 1) : ++spends);
        first(subject -> subject.spend(amounts, key), "spent", amounts, key);
    }

    private void refund() {
        String key = "spend-" + random.nextInt(spends + 1);
        first(subject -> subject.refund(key), "refunded", key);
    }

    private void somethingElse() {
        switch (random.nextInt(3)) {
            case 0 -> {
                story.add(new Told(now, "restart"));
                ruled.restart();
                compare();
            }
            case 1 -> {
                PriceList.Tag edited = tag(any(PLANS), any(kinds), now / 1_000 + 1);
                story.add(new Told(now, "edited", edited));
                editWithoutOwing(edited);
            }
            default -> changePlan(now / 1_000 + random.nextLong(-1, 1));
        }
    }

    /** An edited plan makes nobody owed, and takes from nobody what is. */
    private void editWithoutOwing(PriceList.Tag edited) {
        List<Long> before = kinds.stream().map(ruled::owed).toList();
        prices.add(edited);
        ruled.read(prices);
        List<Long> after = kinds.stream().map(ruled::owed).toList();
        if (!after.equals(before)) {
            throw new AssertionError("an edited plan changes what is owed from " + before + " to " + after);
        }
    }

    private void refreshDue() {
        each(subject -> subject.refreshDue(now), "refreshed what is due");
    }

    /** After what is due, as every command; or, while refreshing is paused, not. */
    private void first(Function<Subject, String> change, String what, Object... details) {
        if (random.nextInt(4) > 0) {
            refreshDue();
        }
        each(change, what, details);
    }

    private void each(Function<Subject, String> change, String what, Object... details) {
        story.add(new Told(now, what, details));
        String expected = change.apply(reference);
        String actual = change.apply(ruled);
        if (!actual.equals(expected)) {
            throw new AssertionError(what + ": the rules say " + actual + ", the reference says " + expected);
        }
        compare();
    }

    private void compare() {
        List<Line> expected = reference.lines();
        if (ruled.size() != expected.size()) {
            throw new AssertionError("the rules wrote " + ruled.lines() + ", the reference " + expected);
        }
        for (int i = check.size(); i < expected.size(); i++) {
            Line actual = ruled.line(i);
            if (!actual.equals(expected.get(i))) {
                throw new AssertionError("the rules wrote " + actual + ", the reference " + expected.get(i));
            }
            check.add(actual);
        }
        List<Purse> purses = ruled.purses();
        if (!purses.equals(reference.purses())) {
            throw new AssertionError("the rules left " + purses + ", the reference " + reference.purses());
        }
        purses.forEach(check::agreesWith);
    }

    private Purse purse(String kind) {
        return reference.purses().get(kinds.indexOf(kind));
    }

    private PriceList.Tag tag(String plan, String kind, long since) {
        return new PriceList.Tag(plan, kind, since, amount(), CAPS[random.nextInt(CAPS.length)]);
    }

    private long amount() {
        return random.nextInt(8) == 0 ? 0 : random.nextLong(10_000);
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
