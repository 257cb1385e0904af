package io.creditrefresh.ledger.twoviews;

import io.creditrefresh.ledger.twoviews.LifeDatabase.Written;
import io.creditrefresh.ledger.twoviews.Side.Move;
import io.creditrefresh.ledger.twoviews.Side.Purse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Function;

/** Some users' random life through one rollout, lived by ledger and model, and compared after every step. */
final class Life {

    private static final long DAY = 86_400;
    private static final long[] CAPS = {0, 0, 0, 5, 60, Tariff.ALL};

    private final SplittableRandom random;
    private final Tariff tariff;
    private final LifeDatabase database;
    private final Model model;
    private final RealLedger ledger;
    private final String name;
    private final List<String> users = new ArrayList<>();
    /** By user and key, what was asked for and charged. */
    private final Map<String, Map<String, Map<String, Long>>> spends = new HashMap<>();

    private final Set<String> seen = new TreeSet<>();
    private final StringBuilder story = new StringBuilder();
    private long now;
    private int keys;

    Life(long seed, String name, LifeDatabase database) {
        this.random = new SplittableRandom(seed);
        this.name = name;
        this.database = database;
        now = 1_767_225_600L + random.nextLong(700 * DAY);
        boolean isDear = random.nextInt(3) == 0;
        tariff = new Tariff(CAPS[random.nextInt(CAPS.length)], isDear ? 3 : 1, isDear ? 7 : 1);
        model = new Model(tariff);
        ledger = new RealLedger(database, tariff);
    }

    void live() {
        int old = random.nextInt(1, 3);
        for (int i = 0; i < old; i++) {
            String user = newUser();
            String plan = any(Tariff.PLANS);
            long start = now - random.nextLong(29 * DAY);
            both(side -> side.imports(user, plan, start), "imported", user, plan, start);
        }
        int before = random.nextInt(4);
        for (int i = 0; i < before; i++) {
            step();
        }
        move();
        int steps = random.nextInt(10, 35);
        for (int i = 0; i < steps; i++) {
            step();
        }
        users.forEach(this::compare);
        users.forEach(this::checkBooks);
        if (!database.findings().isEmpty()) {
            throw new AssertionError(database.findings().toString());
        }
    }

    /** What happened, each with its answer. */
    Set<String> seen() {
        return seen;
    }

    String story() {
        return tariff + "\n" + story;
    }

    private void step() {
        passTime();
        String user = any(users);
        switch (random.nextInt(27)) {
            case 0, 1, 2, 3, 4, 5 -> spend(user);
            case 6, 7 -> repeat(user);
            case 8, 9 -> refund(user);
            case 10 -> both(side -> side.override(user, null), "not overridden", user);
            case 11 -> {
                boolean isIn = random.nextBoolean();
                both(side -> side.override(user, isIn), "overridden", user, isIn);
            }
            case 12, 13, 14 -> move();
            case 15 -> restart();
            case 16, 17 -> {
                String kind = any(Tariff.KINDS);
                both(side -> side.work(user, kind), "worked", user, kind);
            }
            case 18, 19 -> {
                String plan = any(Tariff.PLANS);
                both(side -> side.changePlan(user, plan), "plan", user, plan);
            }
            case 20 -> {
                String kind = any(Tariff.KINDS);
                long credits = random.nextInt(3) == 0 ? -1 - random.nextLong(15) : 1 + random.nextLong(60);
                both(side -> side.adjust(user, kind, credits), "adjusted", user, kind, credits);
            }
            case 21 -> {
                boolean isFilledUp = random.nextBoolean();
                both(
                        side -> isFilledUp ? side.fillUp(user) : side.reset(user),
                        isFilledUp ? "filled up" : "reset",
                        user);
            }
            case 22 -> {
                String kind = any(Tariff.KINDS);
                Long credits = random.nextInt(3) == 0 ? null : random.nextLong(300);
                both(side -> side.custom(user, kind, credits), "custom", user, kind, credits);
            }
            case 23, 24 -> {
                boolean isPaused = random.nextBoolean();
                both(side -> side.pause(isPaused), "paused", isPaused);
            }
            default -> somethingElse(user);
        }
        compare(user);
    }

    /** A second at least, a while, just to the end of a period, or beyond several. */
    private void passTime() {
        now++;
        switch (random.nextInt(9)) {
            case 0, 1, 2 -> now += random.nextLong(6 * DAY);
            case 3 -> now = Math.max(now, model.purses(any(users)).get(0).end() - random.nextInt(2));
            case 4 -> now += random.nextLong(31 * DAY);
            case 5 -> now += random.nextInt(8) == 0 ? random.nextLong(150 * DAY) : 0;
            default -> {}
        }
        model.at(now);
        ledger.at(now);
    }

    private void spend(String user) {
        Map<String, Long> asked = new LinkedHashMap<>();
        for (String kind : Tariff.KINDS) {
            if (random.nextInt(kind.equals("credits") ? 5 : 2) == 0) {
                asked.put(kind, amount(user, kind));
            }
        }
        if (asked.isEmpty()) {
            String kind = any(Tariff.KINDS);
            asked.put(kind, amount(user, kind));
        }
        charge(user, "k" + ++keys, asked);
    }

    private void charge(String user, String key, Map<String, Long> asked) {
        String answer = both(side -> side.spend(user, key, asked), "spent", user, key, asked);
        if (answer.equals(Side.DONE)) {
            spends.get(user).put(key, asked);
        }
    }

    /** A little, about as much as an allowance, or about all there is. */
    private long amount(String user, String kind) {
        long allowance = 0;
        long all = 0;
        for (Purse purse : model.purses(user)) {
            if (purse.kind().equals(kind) || purse.kind().equals("credits")) {
                allowance = purse.allowance() / tariff.price(kind);
                all += (purse.allowance() + purse.bonus()) / tariff.price(kind);
            }
        }
        return switch (random.nextInt(4)) {
            case 0 -> 1 + random.nextLong(5);
            case 1 -> 1 + random.nextLong(allowance / 2 + 1);
            case 2 -> 1 + random.nextLong(allowance + 2);
            default -> 1 + random.nextLong(all + 2);
        };
    }

    /** The same body, or another one. */
    private void repeat(String user) {
        if (keys > 0) {
            String key = "k" + random.nextInt(1, keys + 1);
            Map<String, Long> asked = spends.get(user).get(key);
            charge(user, key, asked == null || random.nextInt(4) == 0 ? Map.of("roast", 1L) : asked);
        }
    }

    private void refund(String user) {
        List<String> all = new ArrayList<>(new TreeSet<>(spends.get(user).keySet()));
        String key = all.isEmpty() || random.nextInt(8) == 0 ? "k" + random.nextInt(keys + 1) : any(all);
        both(side -> side.refund(user, key), "refunded", user, key);
    }

    /** When some of the accounts that a spend touched are in their next period, and others are not. */
    private void refundBetweenRefreshes(String user) {
        both(side -> side.pause(true), "paused", true);
        String key = "k" + ++keys;
        charge(user, key, Map.of(any(List.of("analysis", "roast")), 1 + random.nextLong(8)));
        now = Math.max(now, model.purses(user).get(0).end());
        model.at(now);
        ledger.at(now);
        String kind = any(Tariff.KINDS);
        both(side -> side.work(user, kind), "worked", user, kind);
        both(side -> side.refund(user, key), "refunded", user, key);
        both(side -> side.pause(false), "paused", false);
    }

    private void move() {
        Optional<Optional<Boolean>> global = Optional.empty();
        Optional<Integer> percentage = Optional.empty();
        Optional<Boolean> newUsers = Optional.empty();
        switch (random.nextInt(6)) {
            case 0 -> global = Optional.of(any(List.of(Optional.of(true), Optional.of(false), Optional.empty())));
            case 1 -> newUsers = Optional.of(random.nextBoolean());
            default -> percentage = Optional.of(any(List.of(0, 1, 10, 30, 60, 100)));
        }
        boolean isTheEnd = random.nextInt(20) == 0;
        Move move = new Move(global, percentage, newUsers, isTheEnd);
        both(side -> side.move(move), "moved", move);
    }

    private void restart() {
        Optional<Boolean> variable =
                any(List.of(Optional.of(true), Optional.of(false), Optional.of(false), Optional.empty()));
        both(side -> side.restart(variable.orElse(null)), "restarted", variable);
    }

    private void somethingElse(String user) {
        switch (random.nextInt(4)) {
            case 0 -> {
                boolean isHeld = random.nextInt(3) == 0;
                both(side -> side.hold(user, isHeld), "hold", user, isHeld);
            }
            case 1 -> {
                if (users.size() < 4) {
                    String fresh = newUser();
                    String plan = any(Tariff.PLANS);
                    both(side -> side.provision(fresh, plan), "provisioned", fresh, plan);
                }
            }
            case 2 -> refundBetweenRefreshes(user);
            default -> {
                for (String kind : Tariff.KINDS) {
                    both(side -> side.work(user, kind), "worked", user, kind);
                }
            }
        }
    }

    /** Of any bucket below and above the percentages. */
    private String newUser() {
        String user = name + "-" + random.nextInt(1_000);
        if (users.contains(user)) {
            return newUser();
        }
        users.add(user);
        spends.put(user, new HashMap<>());
        return user;
    }

    private String both(Function<Side, String> act, String what, Object... details) {
        story.append(now).append(' ').append(what).append(' ').append(Arrays.toString(details));
        String expected = act.apply(model);
        story.append(": ").append(expected).append('\n');
        String real = act.apply(ledger);
        if (!expected.equals(real)) {
            throw new AssertionError("not " + expected + " but " + real);
        }
        seen.add(what + " " + real);
        return real;
    }

    private void compare(String user) {
        List<Purse> expected = model.purses(user);
        List<Purse> real = ledger.purses(user);
        if (!expected.equals(real)) {
            throw new AssertionError("%s:%nnot %s%nbut %s".formatted(user, expected, real));
        }
    }

    private void checkBooks(String user) {
        List<Written> entries = database.written(user);
        for (Written entry : entries) {
            String bonus = entry.bonusChange() == 0 ? "" : entry.bonusChange() > 0 ? " to bonus" : " of bonus";
            seen.add(entry.kind() + " " + entry.type() + bonus);
        }
        BooksCheck books = new BooksCheck(tariff, entries);
        books.addUpTo(ledger.purses(user));
        books.chargedOnce(spends.get(user));
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
