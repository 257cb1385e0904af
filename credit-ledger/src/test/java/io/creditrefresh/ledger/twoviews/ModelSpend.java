package io.creditrefresh.ledger.twoviews;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one spend of the model takes, unit by unit. False if there is not enough; the caller then undoes it. */
final class ModelSpend {

    private final Map<String, Pot> pots;
    private final Pot pool;
    private final Tariff tariff;
    private final boolean isOpen;
    private final Receipt receipt;

    ModelSpend(Map<String, Pot> pots, Tariff tariff, boolean isOpen, Receipt receipt) {
        this.pots = pots;
        this.pool = pots.get("credits");
        this.tariff = tariff;
        this.isOpen = isOpen;
        this.receipt = receipt;
    }

    /** A kind's allowance, its bonus, the single pool's bonus. */
    boolean takeUnits() {
        long toMirror = 0;
        for (String kind : Tariff.KINDS) {
            Pot pot = pots.get(kind);
            int price = tariff.price(kind);
            for (long unit = receipt.asked.getOrDefault(kind, 0L); unit > 0; unit--) {
                if (pot.allowance > 0) {
                    receipt.takeAllowance(pot, 1);
                    toMirror += price;
                } else if (pot.bonus > 0) {
                    receipt.takeBonus(pot, 1);
                } else if (pool.bonus >= price) {
                    receipt.takeBonus(pool, price);
                } else {
                    return false;
                }
            }
        }
        if (isOpen) {
            receipt.mirror(pool, toMirror);
        }
        return true;
    }

    /**
     * The pool's allowance, its bonus. For what it is short of, so many whole units of the kinds' bonuses as are needed
     * come first; the pool gives the rest.
     */
    boolean takeCredits() {
        long missing = tariff.inCredits(receipt.asked) - pool.total();
        Map<String, Long> ofPool = new HashMap<>();
        for (String kind : Tariff.KINDS) {
            long rest = receipt.asked.getOrDefault(kind, 0L) * tariff.price(kind);
            for (String source : kind.equals("credits") ? List.of("analysis", "roast") : List.of(kind)) {
                int price = tariff.price(source);
                Pot pot = pots.get(source);
                while (pot != null && missing > 0 && pot.bonus > 0 && rest >= price) {
                    receipt.takeBonus(pot, 1);
                    missing -= price;
                    rest -= price;
                }
            }
            ofPool.put(kind, rest);
        }
        if (missing > 0) {
            return false;
        }
        // Kinds that have a mirror come first.
        for (String kind : List.of("analysis", "roast", "credits")) {
            long credits = ofPool.get(kind);
            long ofAllowance = Math.min(credits, pool.allowance);
            receipt.takeAllowance(pool, ofAllowance);
            receipt.takeBonus(pool, credits - ofAllowance);
            if (isOpen && !kind.equals("credits") && ofAllowance >= tariff.price(kind)) {
                receipt.mirror(pots.get(kind), ofAllowance / tariff.price(kind));
            }
        }
        return true;
    }
}
