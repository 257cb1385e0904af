package io.creditrefresh.ledger.billing;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.movement.EntryType;
import io.creditrefresh.ledger.movement.Movement;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.provider.BillingEvent.Pack;
import io.creditrefresh.ledger.provider.BillingEvent.PacksBought;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Bought packs of credits are bonus, once per purchase. */
public final class PackRule {

    private PackRule() {}

    /** Under which an account's ledger has a purchase. */
    public static String idempotencyKey(String provider, PacksBought bought) {
        return "purchase:%s:%s".formatted(provider, bought.purchaseId());
    }

    /**
     * One pack of each kind, with all credits of its kind.
     *
     * @throws ArithmeticException if they are more than a {@code long} holds
     */
    public static List<Pack> byKind(List<Pack> packs) {
        Map<CreditKind, Long> credits = new TreeMap<>();
        packs.forEach(pack -> credits.merge(pack.kind(), pack.credits(), Math::addExact));
        return credits.entrySet().stream()
                .map(kind -> new Pack(kind.getKey(), kind.getValue()))
                .toList();
    }

    /** Adds a pack to the account of its kind. */
    public static Movement apply(Account account, Pack pack, String provider, PacksBought bought) {
        Account after = account.next()
                .holding(
                        account.balance().allowance(),
                        Math.addExact(account.balance().bonus(), pack.credits()))
                .account();
        return Movement.of(
                        account,
                        after,
                        EntryType.PURCHASE,
                        Map.of("provider", provider, "purchase", bought.purchaseId()))
                .under(idempotencyKey(provider, bought));
    }
}
