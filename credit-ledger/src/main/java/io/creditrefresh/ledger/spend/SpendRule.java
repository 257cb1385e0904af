package io.creditrefresh.ledger.spend;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.movement.EntryType;
import io.creditrefresh.ledger.movement.Movement;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.rollout.Rollout;
import io.creditrefresh.ledger.rollout.View;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a spend takes from which accounts: from the view that the user is in, first of all, allowance before bonus. What
 * is short there comes from the bonus of the other view, which the user has, too. While the rollout is open, what was
 * taken from an allowance is taken from the other view's allowance as well, as far as that goes, so that changing over
 * neither gives nor takes credits.
 */
public final class SpendRule {

    /** Name of the detail of a mirror's entry that says what the allowance did not have. */
    public static final String UNMIRRORED = "unmirrored";

    /**
     * Name of the detail of the single pool's entry that says, while the rollout is open, how many units of each kind it
     * was asked for. What of it is mirrored can be told from that alone.
     */
    public static final String UNITS = "units";

    private final Subscriber subscriber;
    private final Rollout rollout;
    /** What is left of each account, as the parts are decided. */
    private final Map<CreditKind, Long> allowances = new EnumMap<>(CreditKind.class);

    private final Map<CreditKind, Long> bonuses = new EnumMap<>(CreditKind.class);
    private final Map<CreditKind, Long> taken = new EnumMap<>(CreditKind.class);
    private final Map<CreditKind, Long> takenOfBonus = new EnumMap<>(CreditKind.class);
    /** Units of each kind that were asked for and taken of the kind's own bonus, from the single pool's view. */
    private final Map<CreditKind, Long> ownBonus = new EnumMap<>(CreditKind.class);

    private final Map<CreditKind, Long> toMirror = new EnumMap<>(CreditKind.class);
    /** Units by the code of their kind that the single pool was asked for. */
    private final Map<String, Long> unitsOfPool = new TreeMap<>();

    private SpendRule(Subscriber subscriber, Rollout rollout) {
        this.subscriber = subscriber;
        this.rollout = rollout;
        for (Account account : subscriber.accounts()) {
            allowances.put(account.kind(), account.balance().allowance());
            bonuses.put(account.kind(), account.balance().bonus());
        }
    }

    /**
     * What is asked of one kind, and what there is for it.
     *
     * @param kind in the user's view
     * @param balance what can be spent of it, the other view's bonus counted in
     * @param missing 0 if there is enough
     */
    public record Need(CreditKind kind, long amount, long balance, long missing) {}

    /**
     * What is asked of the user's accounts: with Credits v2 off, all kinds of the single pool.
     *
     * @param amounts by kind, as the caller named them; with Credits v2 on, {@code credits} is not among them
     */
    public static List<Need> needs(Subscriber subscriber, Map<CreditKind, Long> amounts, Rollout rollout) {
        SpendRule rule = new SpendRule(subscriber, rollout);
        return subscriber.placement().view() == View.V1 ? List.of(rule.poolNeed(amounts)) : rule.unitNeeds(amounts);
    }

    /** The movements of a spend, those of one account in their order; empty if there is not enough. */
    public static Optional<List<Movement>> apply(
            Subscriber subscriber, Map<CreditKind, Long> amounts, Rollout rollout, String ledgerKey) {
        SpendRule rule = new SpendRule(subscriber, rollout);
        boolean isEnough =
                subscriber.placement().view() == View.V1 ? rule.takeFromPool(amounts) : rule.takeUnits(amounts);
        return isEnough ? Optional.of(rule.movements(ledgerKey)) : Optional.empty();
    }

    /** Credits of the single pool that {@code amounts} come to. */
    public static long inCredits(Map<CreditKind, Long> amounts, Rollout rollout) {
        return amounts.entrySet().stream()
                .mapToLong(each -> Math.multiplyExact(each.getValue(), rollout.price(each.getKey())))
                .reduce(0, Math::addExact);
    }

    private Need poolNeed(Map<CreditKind, Long> amounts) {
        long amount = inCredits(amounts, rollout);
        long own = left(allowances, CreditKind.CREDITS) + left(bonuses, CreditKind.CREDITS);
        long missing = 0;
        if (own < amount) {
            missing = takeSpill(amounts, amount - own);
        }
        return new Need(CreditKind.CREDITS, amount, missing > 0 ? amount - missing : Math.max(own, amount), missing);
    }

    private List<Need> unitNeeds(Map<CreditKind, Long> amounts) {
        List<Need> needs = new ArrayList<>();
        amounts.forEach((kind, amount) -> {
            int price = rollout.price(kind);
            long own = left(allowances, kind) + left(bonuses, kind);
            long spill = Math.min(Math.max(0, amount - own), left(bonuses, CreditKind.CREDITS) / price);
            bonuses.merge(CreditKind.CREDITS, -spill * price, Long::sum);
            needs.add(new Need(kind, amount, own + spill, Math.max(0, amount - own - spill)));
        });
        return needs;
    }

    /** Takes whole units from the bonuses of the other view; returns the credits that are still missing, 0 or less. */
    private long takeSpill(Map<CreditKind, Long> amounts, long missing) {
        long still = missing;
        for (Map.Entry<CreditKind, Long> each : amounts.entrySet()) {
            long credits = each.getValue() * rollout.price(each.getKey());
            List<CreditKind> sources = each.getKey() == CreditKind.CREDITS ? View.V2.kinds() : List.of(each.getKey());
            for (CreditKind source : sources) {
                int price = rollout.price(source);
                long units = Math.min(left(bonuses, source), Math.min(credits / price, ceil(still, price)));
                take(source, 0, units);
                if (source == each.getKey()) {
                    ownBonus.merge(source, units, Long::sum);
                }
                credits -= units * price;
                still -= units * price;
            }
        }
        return Math.max(0, still);
    }

    private boolean takeFromPool(Map<CreditKind, Long> amounts) {
        long amount = inCredits(amounts, rollout);
        long own = left(allowances, CreditKind.CREDITS) + left(bonuses, CreditKind.CREDITS);
        if (own < amount && takeSpill(amounts, amount - own) > 0) {
            return false;
        }
        long spilt = 0;
        for (CreditKind kind : View.V2.kinds()) {
            spilt += left(taken, kind) * rollout.price(kind);
        }
        long fromPool = amount - spilt;
        long fromAllowance = Math.min(fromPool, left(allowances, CreditKind.CREDITS));
        // Kinds that have a mirror come first: what the pool's allowance gave, it gave for them.
        long share = fromAllowance;
        for (CreditKind kind : View.V2.kinds()) {
            int price = rollout.price(kind);
            long units = left(amounts, kind) - left(ownBonus, kind);
            if (units > 0) {
                unitsOfPool.put(kind.code(), units);
            }
            long credits = units * price;
            long shareOfKind = Math.min(share, credits);
            share -= shareOfKind;
            if (shareOfKind / price > 0) {
                toMirror.put(kind, shareOfKind / price);
            }
        }
        take(CreditKind.CREDITS, fromAllowance, fromPool - fromAllowance);
        return true;
    }

    private boolean takeUnits(Map<CreditKind, Long> amounts) {
        for (Map.Entry<CreditKind, Long> each : amounts.entrySet()) {
            CreditKind kind = each.getKey();
            long amount = each.getValue();
            long fromAllowance = Math.min(amount, left(allowances, kind));
            long fromBonus = Math.min(amount - fromAllowance, left(bonuses, kind));
            long spill = (amount - fromAllowance - fromBonus) * rollout.price(kind);
            if (spill > left(bonuses, CreditKind.CREDITS)) {
                return false;
            }
            take(kind, fromAllowance, fromBonus);
            take(CreditKind.CREDITS, 0, spill);
            if (fromAllowance > 0) {
                toMirror.merge(CreditKind.CREDITS, fromAllowance * rollout.price(kind), Long::sum);
            }
        }
        return true;
    }

    private void take(CreditKind kind, long fromAllowance, long fromBonus) {
        if (fromAllowance + fromBonus > 0) {
            taken.merge(kind, fromAllowance + fromBonus, Long::sum);
            takenOfBonus.merge(kind, fromBonus, Long::sum);
            allowances.merge(kind, -fromAllowance, Long::sum);
            bonuses.merge(kind, -fromBonus, Long::sum);
        }
    }

    private List<Movement> movements(String ledgerKey) {
        List<Movement> movements = new ArrayList<>();
        for (Account account : subscriber.accounts()) {
            CreditKind kind = account.kind();
            Account now = account;
            if (left(taken, kind) > 0) {
                long fromBonus = left(takenOfBonus, kind);
                boolean isForUnits = rollout.isOpen() && kind == CreditKind.CREDITS && !unitsOfPool.isEmpty();
                Map<String, @Nullable Object> details = isForUnits ? Map.of(UNITS, unitsOfPool) : Map.of();
                Movement spend = taken(now, EntryType.CONSUME, left(taken, kind) - fromBonus, fromBonus, details);
                movements.add(spend.under(ledgerKey));
                now = spend.after();
            }
            if (rollout.isOpen() && left(toMirror, kind) > 0) {
                long mirrored = Math.min(left(toMirror, kind), now.balance().allowance());
                long unmirrored = left(toMirror, kind) - mirrored;
                movements.add(taken(now, EntryType.MIRROR, mirrored, 0, Map.of(UNMIRRORED, unmirrored))
                        .under(SpendOrder.mirrorKey(ledgerKey)));
            }
        }
        return movements;
    }

    private static Movement taken(
            Account account,
            EntryType type,
            long fromAllowance,
            long fromBonus,
            Map<String, @Nullable Object> details) {
        Account after = account.next()
                .holding(
                        account.balance().allowance() - fromAllowance,
                        account.balance().bonus() - fromBonus)
                .account();
        return Movement.of(account, after, type, details);
    }

    private static long left(Map<CreditKind, Long> credits, CreditKind kind) {
        return credits.getOrDefault(kind, 0L);
    }

    private static long ceil(long credits, int price) {
        return Math.max(0, (credits + price - 1) / price);
    }
}
