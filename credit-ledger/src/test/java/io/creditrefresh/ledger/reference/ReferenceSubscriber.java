package io.creditrefresh.ledger.reference;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of credits a second time, written from the description of the rules and not from the code: one mutable
 * subscriber, plain numbers, its own calendar and its own hash. It shares nothing with what it is compared to.
 */
public final class ReferenceSubscriber implements Subject {

    private static final long DAY = 24 * 60 * 60;
    private static final long THIRTY_DAYS = 30 * DAY;

    private final long slotSecond;
    private final PriceList prices;
    private final Map<String, Pot> pots = new LinkedHashMap<>();
    private final List<Line> lines = new ArrayList<>();
    private final Set<String> refunded = new HashSet<>();

    private String plan;
    private String state = "active";
    private long paidUntil = Purse.FOREVER;
    private boolean held;
    private int day;
    private @Nullable String only;

    /** What a spend took from a pot. */
    private record Taken(long seq, long fromAllowance, long fromBonus) {}

    /** A refresh as it can be taken back. */
    private record Refreshed(long into, long amount) {}

    /** One account. */
    private static final class Pot {
        final String kind;
        long allowance;
        long bonus;
        long highest;
        long custom = Purse.NONE;
        long start;
        long end;
        long at;
        long seq;
        /** Number of the last entry that replaced the allowance. */
        long replaced;

        final Map<String, Taken> spends = new HashMap<>();
        final Map<Long, Refreshed> refreshes = new HashMap<>();

        Pot(String kind) {
            this.kind = kind;
        }

        long total() {
            return allowance + bonus;
        }
    }

    public ReferenceSubscriber(String userId, String plan, List<String> kinds, PriceList prices, long now) {
        this.slotSecond = 60 * slot(userId);
        this.plan = plan;
        this.prices = prices;
        for (String kind : kinds) {
            Pot pot = new Pot(kind);
            pots.put(kind, pot);
            pot.start = down(now);
            pot.end = pot.start + THIRTY_DAYS;
            pot.at = nextSlot(pot.end, now);
            pot.allowance = prices.at(plan, kind, down(now)).amount();
            pot.highest = pot.allowance;
            write(pot, "PROVISION", 0, 0, pot.allowance, null, null);
        }
    }

    static long slot(String userId) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(userId.getBytes(StandardCharsets.UTF_8));
            return new BigInteger(1, Arrays.copyOf(hash, 8))
                    .mod(BigInteger.valueOf(1_440))
                    .longValue();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public boolean isDue(String kind, long now) {
        return isDue(pots.get(kind), now);
    }

    private static boolean isDue(Pot pot, long now) {
        return pot.at != Purse.NEVER && pot.end * 1_000 <= now;
    }

    @Override
    public String job(String kind, long dueAt, long now) {
        Pot pot = pots.get(kind);
        if (dueAt != pot.end) {
            return "ALREADY";
        }
        if (pot.at == Purse.NEVER) {
            return "OFF_SCHEDULE";
        }
        if (!isDue(pot, now)) {
            return "NOT_DUE";
        }
        refresh(pot, now);
        return DONE;
    }

    @Override
    public String refreshDue(long now) {
        pots.values().stream().filter(pot -> isDue(pot, now)).forEach(pot -> refresh(pot, now));
        return DONE;
    }

    /** The user spends from pots of one kind alone; nothing is carried over in others. */
    public ReferenceSubscriber spendingFrom(String kind) {
        only = kind;
        return this;
    }

    private boolean carries(Pot pot) {
        return only == null || only.equals(pot.kind);
    }

    private void refresh(Pot pot, long now) {
        long before = pot.total();
        long bonusBefore = pot.bonus;
        do {
            pot.start = pot.end;
            pot.end = endAfter(pot.start);
        } while (pot.end * 1_000 <= now);
        long amount = amount(pot, pot.start);
        long leftover = pot.allowance;
        long carried = carries(pot) ? Math.min(leftover, tag(pot, pot.start).cap()) : 0;
        pot.bonus += carried;
        pot.allowance = amount;
        pot.highest = amount;
        pot.at = nextSlot(pot.end, now);
        write(pot, "REFRESH", before, bonusBefore, amount, leftover - carried, carried);
        pot.replaced = pot.seq;
        pot.refreshes.put(pot.seq, new Refreshed(pot.start, pot.total() - before));
    }

    @Override
    public String changePlan(String newPlan, long changedAt, long now) {
        if (newPlan.equals(plan)) {
            return DONE;
        }
        String oldPlan = plan;
        plan = newPlan;
        for (Pot pot : pots.values()) {
            long amount = prices.at(newPlan, pot.kind, down(now)).amount();
            if (amount > pot.highest) {
                long before = pot.total();
                long bonusBefore = pot.bonus;
                long left = carries(pot) ? pot.allowance : 0;
                pot.bonus += left;
                pot.allowance = carries(pot) ? amount : Math.max(amount, pot.allowance);
                pot.highest = amount;
                if (changedAt >= pot.start) {
                    pot.start = changedAt;
                    pot.end = endAfter(changedAt);
                    pot.at = nextSlot(pot.end, now);
                }
                write(pot, "UPGRADE", before, bonusBefore, pot.total() - before, null, left);
                pot.replaced = pot.seq;
            } else {
                boolean lower = amount < prices.at(oldPlan, pot.kind, down(now)).amount();
                note(pot, lower ? "DOWNGRADE" : "SETTINGS");
            }
        }
        return DONE;
    }

    @Override
    public String bill(String newState, long newPaidUntil, long now) {
        if (newState.equals(state) && newPaidUntil == paidUntil) {
            return DONE;
        }
        state = newState;
        paidUntil = newPaidUntil;
        return rescheduled(now);
    }

    @Override
    public String hold(boolean on, long now) {
        if (on == held) {
            return DONE;
        }
        held = on;
        return rescheduled(now);
    }

    @Override
    public String refreshDay(int newDay, long now) {
        if (newDay == day) {
            return DONE;
        }
        day = newDay;
        return rescheduled(now);
    }

    @Override
    public String customAllowance(String kind, long credits, long now) {
        Pot pot = pots.get(kind);
        if (pot.custom != credits) {
            pot.custom = credits;
            pot.at = nextSlot(pot.end, now);
            note(pot, "SETTINGS");
        }
        return DONE;
    }

    private String rescheduled(long now) {
        for (Pot pot : pots.values()) {
            pot.at = nextSlot(pot.end, now);
            note(pot, "SETTINGS");
        }
        return DONE;
    }

    @Override
    public String fillUp(long now) {
        if (isOff()) {
            return "ON_HOLD";
        }
        for (Pot pot : pots.values()) {
            long amount = amount(pot, down(now));
            if (pot.allowance < amount) {
                long before = pot.total();
                pot.allowance = amount;
                pot.highest = Math.max(pot.highest, amount);
                write(pot, "MANUAL_REFRESH", before, pot.bonus, pot.total() - before, null, null);
            }
        }
        return DONE;
    }

    @Override
    public String reset(long now) {
        if (isOff()) {
            return "ON_HOLD";
        }
        for (Pot pot : pots.values()) {
            long before = pot.total();
            pot.start = down(now);
            pot.end = endAfter(pot.start);
            pot.at = nextSlot(pot.end, now);
            pot.highest = amount(pot, pot.start);
            pot.allowance = Math.max(pot.allowance, pot.highest);
            write(pot, "RESET", before, pot.bonus, pot.total() - before, null, null);
            pot.replaced = pot.seq;
        }
        return DONE;
    }

    @Override
    public String adjust(String kind, long credits) {
        Pot pot = pots.get(kind);
        if (pot.bonus + credits < 0) {
            return "NOT_ENOUGH_BONUS";
        }
        long before = pot.total();
        pot.bonus += credits;
        write(pot, "ADJUST", before, pot.bonus - credits, null, null, null);
        return DONE;
    }

    @Override
    public String restore(String kind, long seq) {
        Pot pot = pots.get(kind);
        Refreshed refreshed = pot.refreshes.get(seq);
        if (refreshed == null) {
            return "ALREADY";
        }
        if (refreshed.into != pot.start) {
            return "PERIOD_OVER";
        }
        long before = pot.total();
        pot.allowance = Math.max(0, pot.allowance - refreshed.amount);
        pot.refreshes.remove(seq);
        write(pot, "RESTORE", before, pot.bonus, null, null, null);
        return DONE;
    }

    @Override
    public long owed(String kind) {
        Pot pot = pots.get(kind);
        boolean isAsked = state.equals("active") && pot.custom == Purse.NONE;
        return isAsked ? Math.max(0, amount(pot, pot.start) - pot.highest) : 0;
    }

    @Override
    public String sync() {
        for (Pot pot : pots.values()) {
            long owed = owed(pot.kind);
            if (owed > 0) {
                long before = pot.total();
                pot.allowance += owed;
                pot.highest += owed;
                write(pot, "SYNC", before, pot.bonus, owed, null, null);
            }
        }
        return DONE;
    }

    @Override
    public String spend(Map<String, Long> amounts, String key) {
        if (pots.values().stream().anyMatch(pot -> pot.spends.containsKey(key))) {
            return "REPEATED";
        }
        for (Map.Entry<String, Long> each : amounts.entrySet()) {
            if (pots.get(each.getKey()).total() < each.getValue()) {
                return "NOT_ENOUGH";
            }
        }
        amounts.forEach((kind, amount) -> {
            Pot pot = pots.get(kind);
            long before = pot.total();
            long bonusBefore = pot.bonus;
            long fromBonus = Math.max(0, amount - pot.allowance);
            pot.bonus -= fromBonus;
            pot.allowance -= amount - fromBonus;
            write(pot, "CONSUME", before, bonusBefore, null, null, null);
            pot.spends.put(key, new Taken(pot.seq, amount - fromBonus, fromBonus));
        });
        return DONE;
    }

    @Override
    public String refund(String key) {
        if (pots.values().stream().noneMatch(pot -> pot.spends.containsKey(key))) {
            return "SPEND_NOT_FOUND";
        }
        if (!refunded.add(key)) {
            return "ALREADY_REFUNDED";
        }
        for (Pot pot : pots.values()) {
            Taken taken = pot.spends.get(key);
            if (taken != null) {
                long before = pot.total();
                long bonusBefore = pot.bonus;
                boolean stillThere = pot.replaced < taken.seq;
                pot.allowance += stillThere ? taken.fromAllowance : 0;
                pot.bonus += taken.fromBonus + (stillThere ? 0 : taken.fromAllowance);
                write(pot, "REFUND", before, bonusBefore, null, null, null);
            }
        }
        return DONE;
    }

    @Override
    public List<Purse> purses() {
        List<Purse> purses = new ArrayList<>();
        for (Pot pot : pots.values()) {
            purses.add(new Purse(
                    pot.kind,
                    plan,
                    state,
                    paidUntil,
                    day,
                    pot.custom,
                    pot.allowance,
                    pot.bonus,
                    pot.highest,
                    pot.start,
                    pot.end,
                    pot.at,
                    pot.seq));
        }
        return purses;
    }

    @Override
    public List<Line> lines() {
        return lines;
    }

    private boolean isOff() {
        return held || state.equals("past_due");
    }

    private boolean isPaid(long second) {
        return !state.equals("cancelled") && second < paidUntil;
    }

    private PriceList.Tag tag(Pot pot, long second) {
        return prices.at(isPaid(second) ? plan : "free", pot.kind, second);
    }

    private long amount(Pot pot, long second) {
        return isPaid(second) && pot.custom != Purse.NONE
                ? pot.custom
                : tag(pot, second).amount();
    }

    /** Of all days d around, the one nearest to 30 days from the start; the later of two. */
    private long endAfter(long start) {
        long target = start + THIRTY_DAYS;
        if (day == 0) {
            return target;
        }
        long best = Purse.NEVER;
        LocalDate month = LocalDate.ofEpochDay(Math.floorDiv(start, DAY)).withDayOfMonth(1);
        for (int ahead = 0; ahead <= 3; ahead++) {
            LocalDate candidate = month.plusMonths(ahead);
            long end = candidate
                            .withDayOfMonth(Math.min(day, candidate.lengthOfMonth()))
                            .toEpochDay()
                    * DAY;
            if (best == Purse.NEVER || Math.abs(end - target) <= Math.abs(best - target)) {
                best = end;
            }
        }
        return best;
    }

    private long nextSlot(long end, long now) {
        if (isOff()) {
            return Purse.NEVER;
        }
        long earliest = Math.max(end, -Math.floorDiv(-now, 1_000));
        long waiting = Math.floorMod(slotSecond - earliest, DAY);
        return earliest + waiting;
    }

    private void note(Pot pot, String type) {
        write(pot, type, pot.total(), pot.bonus, null, null, null);
    }

    private void write(Pot pot, String type, long before, long bonusBefore, Long granted, Long lapsed, Long carried) {
        pot.seq++;
        lines.add(new Line(
                pot.kind,
                pot.seq,
                type,
                pot.total() - before,
                before,
                pot.total(),
                granted,
                lapsed,
                carried,
                pot.bonus - bonusBefore,
                pot.start));
    }

    private static long down(long now) {
        return Math.floorDiv(now, 1_000);
    }
}
