package io.creditrefresh.ledger.twoviews;

import io.creditrefresh.ledger.twoviews.LifeDatabase.Written;
import io.creditrefresh.ledger.twoviews.Side.Purse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What must hold of one user's entries whatever the rules say, spend by spend. */
final class BooksCheck {

    private final Tariff tariff;
    /** By spend, then by account: what it took, units or credits of the account. */
    private final Map<String, Map<String, Long>> consumed = new HashMap<>();

    private final Map<String, Map<String, Long>> mirrored = new HashMap<>();
    private final Map<String, Map<String, Long>> refunded = new HashMap<>();
    private final Map<String, Long> balances = new HashMap<>();
    private final Map<String, Long> bonuses = new HashMap<>();

    BooksCheck(Tariff tariff, List<Written> entries) {
        this.tariff = tariff;
        for (Written entry : entries) {
            balances.merge(entry.kind(), entry.amount(), Long::sum);
            bonuses.merge(entry.kind(), entry.bonusChange(), Long::sum);
            switch (entry.type()) {
                case "CONSUME" -> note(consumed, "consume:", entry, -entry.amount());
                case "MIRROR" -> {
                    note(mirrored, "mirror:consume:", entry, -entry.amount());
                    require(entry.bonusChange() == 0, "a mirror touched the bonus: " + entry);
                }
                case "REFUND" -> note(refunded, "refund:", entry, entry.amount());
                default -> {}
            }
        }
    }

    private static void note(Map<String, Map<String, Long>> all, String prefix, Written entry, long credits) {
        String key = entry.key().replaceFirst("^(mirror:)?refund:|^" + prefix, "");
        require(!key.equals(entry.key()) && credits >= 0, "a strange entry: " + entry);
        all.computeIfAbsent(key, spend -> new HashMap<>()).merge(entry.kind(), credits, Long::sum);
    }

    /** The accounts are what their entries come to. */
    void addUpTo(List<Purse> purses) {
        for (Purse purse : purses) {
            require(
                    balances.get(purse.kind()) == purse.allowance() + purse.bonus()
                            && bonuses.get(purse.kind()) == purse.bonus(),
                    "not the sum of its entries: " + purse);
        }
    }

    /** Only these spends were charged, each once, and neither view lost more than was asked for. */
    void chargedOnce(Map<String, Map<String, Long>> spends) {
        require(consumed.keySet().equals(spends.keySet()), "charged " + consumed.keySet());
        spends.forEach((key, asked) -> {
            long amount = tariff.inCredits(asked);
            Map<String, Long> took = consumed.get(key);
            Map<String, Long> mirrors = mirrored.getOrDefault(key, Map.of());
            require(tariff.inCredits(took) == amount, key + " was charged " + took + " for " + asked);
            Map<String, Long> lost = new HashMap<>(took);
            mirrors.forEach((kind, credits) -> lost.merge(kind, credits, Long::sum));
            long ofPool = lost.getOrDefault("credits", 0L);
            long ofUnits = tariff.inCredits(lost) - ofPool;
            require(ofPool <= amount && ofUnits <= amount, key + " lost " + lost + " for " + asked);
            mirrors.forEach((kind, units) -> require(
                    kind.equals("credits") || units <= asked.getOrDefault(kind, 0L),
                    key + " mirrored " + mirrors + " for " + asked));
            checkRefund(key, took, mirrors);
        });
    }

    private void checkRefund(String key, Map<String, Long> took, Map<String, Long> mirrors) {
        Map<String, Long> back = refunded.get(key);
        if (back != null) {
            for (String kind : Tariff.KINDS) {
                long least = took.getOrDefault(kind, 0L);
                long most = least + mirrors.getOrDefault(kind, 0L);
                long got = back.getOrDefault(kind, 0L);
                require(got >= least && got <= most, key + " gave back " + back + " for " + took + " and " + mirrors);
            }
        }
    }

    private static void require(boolean holds, String trouble) {
        if (!holds) {
            throw new AssertionError(trouble);
        }
    }
}
