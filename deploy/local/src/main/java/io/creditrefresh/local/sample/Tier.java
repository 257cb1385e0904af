package io.creditrefresh.local.sample;

import java.util.Random;

/** A plan with its amount of credits, as in the catalogue, and its share of the users. */
enum Tier {
    FREE("free", 1_000, 70),
    STARTER("starter", 5_000, 18),
    PRO("pro", 20_000, 9),
    SCALE("scale", 100_000, 3);

    private final String code;
    private final long amount;
    private final int percent;

    Tier(String code, long amount, int percent) {
        this.code = code;
        this.amount = amount;
        this.percent = percent;
    }

    static Tier pick(Random random) {
        var point = random.nextInt(100);
        for (var tier : values()) {
            point -= tier.percent;
            if (point < 0) {
                return tier;
            }
        }
        throw new IllegalStateException("the shares of the plans are 100 per cent");
    }

    String code() {
        return code;
    }

    long amount() {
        return amount;
    }
}
