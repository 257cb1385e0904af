package io.creditrefresh.ledger.twoviews;

import io.creditrefresh.ledger.twoviews.Side.Purse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One user by the text of the rules, in plain numbers. It shares nothing with what it is compared to.
 */
final class ModelUser {

    private final String userId;
    private final long createdAt;
    private final Tariff tariff;
    private final Flag flag;
    private final Map<String, Pot> pots = new LinkedHashMap<>();
    private final Map<String, Receipt> receipts = new HashMap<>();
    /** By boundary, whether its leftovers were carried in the view of Credits v2. */
    private final Map<Long, Boolean> settled = new HashMap<>();

    /** All that the single pool's period has seen. */
    private final Set<String> plansOfPeriod = new HashSet<>();

    private String plan;
    private @Nullable Boolean override;
    private boolean held;

    ModelUser(String userId, String plan, Tariff tariff, Flag flag, long start, long createdAt) {
        this.userId = userId;
        this.createdAt = createdAt;
        this.tariff = tariff;
        this.flag = flag;
        this.plan = plan;
        plansOfPeriod.add(plan);
        pots.put("credits", new Pot("credits", Tariff.amount(plan, "credits"), start, start + Pot.THIRTY_DAYS));
    }

    boolean isIn() {
        return flag.isIn(userId, override, createdAt);
    }

    void override(@Nullable Boolean isIn, long now) {
        refreshDue(now);
        override = isIn;
        if (isIn != null) {
            flag.begin();
        }
    }

    /** {@code get_or_create_active_period}: with the most that a plan of the pool's period gives. */
    void open() {
        Pot pool = pool();
        for (String kind : List.of("analysis", "roast")) {
            long most = 0;
            for (String each : plansOfPeriod) {
                most = Math.max(most, Tariff.amount(each, kind));
            }
            pots.putIfAbsent(kind, new Pot(kind, most, pool.start, pool.end));
        }
    }

    void refreshDue(long now) {
        for (String kind : pots.keySet()) {
            refresh(kind, now);
        }
    }

    String refresh(String kind, long now) {
        Pot pot = pots.get(kind);
        if (pot == null || held || pot.end > now) {
            return "NOT_DUE";
        }
        // The first account that is refreshed at a boundary settles the view for all of them.
        boolean isIn = settled.getOrDefault(pot.end, isIn());
        long most = Math.min(pot.allowance, tariff.cap());
        if (most > 0) {
            settled.put(pot.end, isIn);
        }
        if (isOfView(pot, isIn)) {
            pot.bonus += most;
        }
        while (pot.end <= now) {
            pot.start = pot.end;
            pot.end += Pot.THIRTY_DAYS;
        }
        pot.granted = pot.amountOn(plan);
        pot.allowance = pot.granted;
        pot.replaced++;
        if (pot.isPool()) {
            onlyPlan();
        }
        return Side.DONE;
    }

    private boolean isOfView(Pot pot, boolean isIn) {
        return pots.size() == 1 || pot.isPool() != isIn;
    }

    String spend(String key, Map<String, Long> asked, boolean isPaused, long now) {
        Receipt earlier = receipts.get(key);
        if (earlier != null) {
            return earlier.asked.equals(asked) ? "REPEATED" : "KEY_REUSED";
        }
        if (!isOneAccountsMatter(asked, now)) {
            refreshUnless(isPaused, now);
        }
        if (isIn() && asked.containsKey("credits")) {
            return "POOL_IS_CLOSED";
        }
        if (isIn() || (flag.isOpen() && asked.keySet().stream().anyMatch(kind -> !kind.equals("credits")))) {
            open();
        }
        Receipt receipt = new Receipt(asked);
        ModelSpend spend = new ModelSpend(pots, tariff, flag.isOpen(), receipt);
        if (!(isIn() ? spend.takeUnits() : spend.takeCredits())) {
            receipt.undo();
            return "TOO_LITTLE";
        }
        receipts.put(key, receipt);
        return Side.DONE;
    }

    /** While nothing is mirrored, a spend that its one account is enough for looks at no other one. */
    private boolean isOneAccountsMatter(Map<String, Long> asked, long now) {
        if (flag.isOpen() || (isIn() && asked.size() > 1)) {
            return false;
        }
        String kind = isIn() ? asked.keySet().iterator().next() : "credits";
        long amount = isIn() ? asked.get(kind) : tariff.inCredits(asked);
        Pot pot = pots.get(kind);
        boolean isClosed = isIn() && kind.equals("credits");
        return !isClosed && pot != null && pot.total() >= amount && (held || pot.end > now);
    }

    String refund(String key, boolean isPaused, long now) {
        refreshUnless(isPaused, now);
        Receipt receipt = receipts.get(key);
        if (receipt == null) {
            return "SPEND_NOT_FOUND";
        }
        if (receipt.refunded) {
            return "ALREADY_REFUNDED";
        }
        receipt.refund();
        return Side.DONE;
    }

    String changePlan(String newPlan, long now) {
        refreshDue(now);
        if (newPlan.equals(plan)) {
            return Side.DONE;
        }
        plan = newPlan;
        plansOfPeriod.add(newPlan);
        boolean isIn = isIn();
        for (Pot pot : pots.values()) {
            long amount = Tariff.amount(newPlan, pot.kind);
            if (amount > pot.granted) {
                if (isOfView(pot, isIn)) {
                    pot.bonus += pot.allowance;
                    pot.allowance = amount;
                }
                pot.allowance = Math.max(pot.allowance, amount);
                pot.granted = amount;
                pot.restart(now);
                if (pot.isPool()) {
                    onlyPlan();
                }
            }
        }
        return Side.DONE;
    }

    String adjust(String kind, long credits, boolean isPaused, long now) {
        refreshUnless(isPaused, now);
        if (!pots.containsKey(kind) && !flag.hasBegun()) {
            return "NO_SUCH_ACCOUNT";
        }
        Pot there = pots.get(kind);
        if ((there == null ? 0 : there.bonus) + credits < 0) {
            return "NOT_ENOUGH_BONUS";
        }
        if (there == null) {
            open();
        }
        pots.get(kind).bonus += credits;
        return Side.DONE;
    }

    String custom(String kind, @Nullable Long credits, long now) {
        refreshDue(now);
        if (!pots.containsKey(kind)) {
            if (!flag.hasBegun()) {
                return "NO_SUCH_ACCOUNT";
            }
            open();
        }
        pots.get(kind).custom = credits;
        return Side.DONE;
    }

    String fillUp(long now) {
        if (held) {
            return "ON_HOLD";
        }
        for (Pot pot : pots.values()) {
            long amount = pot.amountOn(plan);
            if (!refresh(pot.kind, now).equals(Side.DONE)) {
                pot.allowance = Math.max(pot.allowance, amount);
                pot.granted = Math.max(pot.granted, amount);
            }
        }
        return Side.DONE;
    }

    String reset(long now) {
        if (held) {
            return "ON_HOLD";
        }
        refreshDue(now);
        for (Pot pot : pots.values()) {
            pot.granted = pot.amountOn(plan);
            pot.allowance = Math.max(pot.allowance, pot.granted);
            pot.restart(now);
        }
        onlyPlan();
        return Side.DONE;
    }

    String hold(boolean isHeld, long now) {
        refreshDue(now);
        held = isHeld;
        refreshDue(now);
        return Side.DONE;
    }

    List<Purse> purses() {
        List<Purse> purses = new ArrayList<>();
        for (Pot pot : pots.values()) {
            purses.add(new Purse(pot.kind, pot.allowance, pot.bonus, pot.granted, pot.start, pot.end, !held));
        }
        return purses;
    }

    private void refreshUnless(boolean isPaused, long now) {
        if (!isPaused) {
            refreshDue(now);
        }
    }

    private Pot pool() {
        return pots.get("credits");
    }

    private void onlyPlan() {
        plansOfPeriod.clear();
        plansOfPeriod.add(plan);
    }
}
