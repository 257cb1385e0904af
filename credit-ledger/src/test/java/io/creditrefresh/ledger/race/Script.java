package io.creditrefresh.ledger.race;

import io.creditrefresh.ledger.account.BillingState;
import io.creditrefresh.ledger.bulk.BulkWish;
import io.creditrefresh.ledger.command.Answers;
import io.creditrefresh.ledger.command.Command;
import io.creditrefresh.ledger.command.EntriesOnly;
import io.creditrefresh.ledger.command.Provisioning;
import io.creditrefresh.ledger.command.Result;
import io.creditrefresh.ledger.movement.WriteRequest;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.reference.Line;
import io.creditrefresh.ledger.reference.Purse;
import io.creditrefresh.ledger.spend.SpendOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** What several clients do to one subscriber at the same time: drawn from a seed alone. */
final class Script {

    static final int CLIENTS = 3;

    /** Changes of plan to one without an allowance are refused. */
    private static final List<String> PLANS = List.of("free", "starter", "pro", "scale", "pro", "starter", "bare");

    private static final long DAY = 86_400_000;
    private static final long BASE = 1_780_272_000_000L;
    private static final EntriesOnly RESULT = new EntriesOnly();
    private static final Lines LINES = new Lines();

    final String userId;
    final String plan;
    final long startMillis;
    final boolean paused;
    final List<String> kinds;
    final List<List<Op>> clients = new ArrayList<>();

    private final SplittableRandom random;
    private final List<Map<String, Long>> orders = new ArrayList<>();
    private int ops;

    /** Keeps an answer as text. */
    private static final class Lines implements Answers<String> {

        @Override
        public String of(Result result) {
            return result.entries().stream()
                    .map(entry -> Line.of(entry).toString())
                    .collect(Collectors.joining("; "));
        }

        @Override
        public String write(String answer) {
            return answer;
        }

        @Override
        public String read(String kept) {
            return kept;
        }
    }

    Script(String userId, long seed) {
        random = new SplittableRandom(seed);
        this.userId = userId;
        kinds = random.nextInt(4) == 0 ? List.of("credits", "analysis") : List.of("credits");
        paused = random.nextInt(8) == 0;
        startMillis = BASE + random.nextLong(200 * 86_400L) * 1_000;
        plan = PLANS.get(random.nextInt(6));
        for (int i = 0; i < 3; i++) {
            orders.add(order());
        }
        for (int i = 0; i < CLIENTS; i++) {
            List<Op> its = new ArrayList<>();
            its.add(provision(plan));
            int more = random.nextInt(2, 5);
            for (int j = 0; j < more; j++) {
                its.add(any());
            }
            clients.add(its);
        }
    }

    List<Op> ops() {
        return clients.stream().flatMap(List::stream).toList();
    }

    private Op any() {
        return switch (random.nextInt(20)) {
            case 0, 1, 2, 3 -> spend(random.nextInt(orders.size()));
            case 4 -> refund(random.nextInt(orders.size()));
            case 5, 6 -> changePlan();
            case 7 -> provision(PLANS.get(random.nextInt(PLANS.size())));
            case 8, 9 -> bill();
            case 10 -> hold();
            case 11 -> refreshDay();
            case 12 -> custom();
            case 13 ->
                op(
                        "refresh",
                        Op.Due.FIRST,
                        (c, command) -> c.overrides.refresh(command, RESULT),
                        (r, w) -> r.fillUp(w.at()));
            case 14 ->
                op(
                        "reset",
                        Op.Due.FIRST,
                        (c, command) -> c.overrides.reset(command, RESULT),
                        (r, w) -> r.reset(w.at()));
            case 15 -> adjust();
            case 16 ->
                op(
                        "sync",
                        Op.Due.UNLESS_PAUSED,
                        (c, command) -> c.sync.sync(command, List.of(), RESULT),
                        (r, w) -> r.sync());
            case 17 -> restore();
            case 18 ->
                op(
                        "bulk refresh",
                        Op.Due.FIRST,
                        (c, command) ->
                                c.bulk.run(BulkWish.refreshOf(List.of(command.userId())), command.cause(), false),
                        (r, w) -> r.fillUp(w.at()));
            default -> pass();
        };
    }

    private Op pass() {
        long millis = random.nextInt(3) == 0 ? 30 * DAY : random.nextLong(45 * 86_400) * 1_000;
        return op("pass " + millis, Op.Due.FIRST, (c, command) -> c.pass(millis), (r, w) -> "nothing");
    }

    private Op provision(String to) {
        return op(
                "provision " + to,
                Op.Due.FIRST,
                (c, command) ->
                        c.provisioning.provision(command, new Provisioning.Wish(to, null, Optional.empty()), RESULT),
                (r, w) -> to.equals("bare") ? "UNKNOWN_PLAN" : r.changePlan(to, w.at() / 1_000, w.at()));
    }

    private Op changePlan() {
        String to = PLANS.get(random.nextInt(PLANS.size()));
        return op(
                "plan " + to,
                Op.Due.FIRST,
                (c, command) -> c.subscriptions.changePlan(command, to, RESULT),
                (r, w) -> to.equals("bare") ? "UNKNOWN_PLAN" : r.changePlan(to, w.at() / 1_000, w.at()));
    }

    private Op bill() {
        String state = List.of("active", "active", "past_due", "cancelled").get(random.nextInt(4));
        long until = random.nextInt(3) == 0 ? startMillis / 1_000 + random.nextLong(90 * 86_400) : Purse.FOREVER;
        Instant paidUntil = until == Purse.FOREVER ? null : Instant.ofEpochSecond(until);
        return op(
                state + " until " + until,
                state.equals("active") ? Op.Due.FIRST_AND_AFTERWARDS : Op.Due.AFTERWARDS,
                (c, command) -> c.subscriptions.changeBillingState(command, BillingState.of(state), paidUntil, RESULT),
                (r, w) -> r.bill(state, until, w.at()));
    }

    private Op hold() {
        boolean on = random.nextBoolean();
        return op(
                "hold " + on,
                Op.Due.FIRST_AND_AFTERWARDS,
                (c, command) -> c.subscriptions.hold(command, on, RESULT),
                (r, w) -> r.hold(on, w.at()));
    }

    private Op refreshDay() {
        int day = random.nextInt(32);
        return op(
                "refresh day " + day,
                Op.Due.FIRST,
                (c, command) -> c.subscriptions.changeRefreshDay(command, day == 0 ? null : day, RESULT),
                (r, w) -> r.refreshDay(day, w.at()));
    }

    private Op custom() {
        String kind = kind();
        long credits = random.nextInt(3) == 0 ? Purse.NONE : random.nextInt(3_000);
        Long custom = credits == Purse.NONE ? null : credits;
        return op(
                "custom allowance of " + kind + " " + credits,
                Op.Due.FIRST,
                (c, command) -> c.subscriptions.changeCustomAllowance(command, CreditKind.of(kind), custom, RESULT),
                (r, w) -> w.kind().equals(kind) ? r.customAllowance(kind, credits, w.at()) : "nothing");
    }

    /** Some of them under a key that all clients use for the same. */
    private Op adjust() {
        String kind = kinds.get(0);
        boolean keyed = random.nextBoolean();
        long credits = keyed ? 77 : random.nextInt(-400, 401) | 1;
        Op.Replay replay = (r, w) -> w.kind().equals(kind) ? r.adjust(kind, credits) : "nothing";
        Op.Run run = keyed
                ? (c, command) -> c.overrides.adjust(
                        command.onceAs(Optional.of(request("adjust", 77))), CreditKind.of(kind), credits, LINES)
                : (c, command) -> c.overrides.adjust(command, CreditKind.of(kind), credits, RESULT);
        return op((keyed ? "once " : "") + "adjust " + kind + " " + credits, Op.Due.UNLESS_PAUSED, run, replay);
    }

    private Op restore() {
        return op(
                "restore",
                Op.Due.UNLESS_PAUSED,
                (c, command) -> c.bulk.run(
                        BulkWish.restoreOf(
                                Instant.EPOCH, Instant.parse("2040-01-01T00:00:00Z"), List.of(command.userId())),
                        command.cause(),
                        false),
                (r, w) -> r.restore(w.kind(), w.refreshSeq()));
    }

    private Op spend(int which) {
        Map<String, Long> amounts = orders.get(which);
        String key = "spend-" + which;
        return op(
                key + " " + amounts,
                Op.Due.UNLESS_PAUSED,
                (c, command) -> c.spending.spend(spendOrder(command, amounts, key)),
                // Before the rollout of Credits v2 all kinds are taken from the single pool.
                (r, w) -> w.kind().equals("credits")
                        ? r.spend(
                                Map.of(
                                        "credits",
                                        amounts.values().stream()
                                                .mapToLong(amount -> amount)
                                                .sum()),
                                key)
                        : "nothing");
    }

    private static SpendOrder spendOrder(Command command, Map<String, Long> amounts, String key) {
        Map<CreditKind, Long> byKind = new EnumMap<>(CreditKind.class);
        amounts.forEach((kind, amount) -> byKind.put(CreditKind.of(kind), amount));
        return new SpendOrder(
                command.userId(), byKind, command.cause().actor(), Map.of(), request(key, amounts.hashCode()));
    }

    private Op refund(int which) {
        String key = "spend-" + which;
        boolean keyed = random.nextBoolean();
        Op.Replay replay = (r, w) -> r.refund(key);
        Op.Run run = keyed
                ? (c, command) ->
                        c.refunds.refund(command.onceAs(Optional.of(request("refund-" + which, which))), key, LINES)
                : (c, command) -> c.refunds.refund(command, key, RESULT);
        return op((keyed ? "once " : "") + "refund " + key, Op.Due.UNLESS_PAUSED, run, replay);
    }

    private Op op(String told, Op.Due due, Op.Run run, Op.Replay replay) {
        return new Op(++ops, told, due, run, replay);
    }

    private Map<String, Long> order() {
        long first = 1 + random.nextInt(1_500);
        if (kinds.size() == 1 || random.nextInt(3) == 0) {
            return Map.of(kinds.get(0), first);
        }
        long second = 1 + random.nextInt(300);
        return random.nextBoolean() ? Map.of("analysis", second) : Map.of("credits", first, "analysis", second);
    }

    private String kind() {
        return kinds.get(random.nextInt(kinds.size()));
    }

    private static WriteRequest request(String key, int body) {
        return new WriteRequest(key, "%064x".formatted(body & 0xffffffffL));
    }
}
