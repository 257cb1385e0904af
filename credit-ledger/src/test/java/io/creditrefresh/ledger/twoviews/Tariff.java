package io.creditrefresh.ledger.twoviews;

import java.util.List;
import java.util.Map;

/**
 * What plans give and what units cost, in one life. The amounts are small, so that they are soon spent.
 *
 * @param cap how much of a leftover becomes bonus at a refresh
 * @param analysis price of a unit, credits of the single pool
 * @param roast the same
 */
record Tariff(long cap, int analysis, int roast) {

    static final List<String> KINDS = List.of("credits", "analysis", "roast");
    static final List<String> PLANS = List.of("free", "starter", "pro", "scale");
    static final long ALL = Long.MAX_VALUE;

    private static final Map<String, long[]> AMOUNTS = Map.of(
            "credits", new long[] {100, 200, 450, 1_000},
            "analysis", new long[] {40, 75, 160, 400},
            "roast", new long[] {8, 15, 40, 90});

    static long amount(String plan, String kind) {
        return AMOUNTS.get(kind)[PLANS.indexOf(plan)];
    }

    int price(String kind) {
        return switch (kind) {
            case "analysis" -> analysis;
            case "roast" -> roast;
            default -> 1;
        };
    }

    long inCredits(Map<String, Long> amounts) {
        long credits = 0;
        for (Map.Entry<String, Long> each : amounts.entrySet()) {
            credits += each.getValue() * price(each.getKey());
        }
        return credits;
    }
}
