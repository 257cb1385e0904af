package io.creditrefresh.ledger.twoviews;

import org.jspecify.annotations.Nullable;

/** One account of the model. */
final class Pot {

    static final long THIRTY_DAYS = 30 * 24 * 60 * 60;

    final String kind;
    long allowance;
    long bonus;
    long granted;
    /** Instead of what the plan gives; null for that. */
    @Nullable
    Long custom;

    long start;
    long end;
    /** How often the allowance has been replaced: by a refresh, an upgrade or a reset. */
    int replaced;

    Pot(String kind, long amount, long start, long end) {
        this.kind = kind;
        this.allowance = amount;
        this.granted = amount;
        this.start = start;
        this.end = end;
    }

    long total() {
        return allowance + bonus;
    }

    /** What a refresh gives. */
    long amountOn(String plan) {
        return custom != null ? custom : Tariff.amount(plan, kind);
    }

    boolean isPool() {
        return kind.equals("credits");
    }

    void restart(long now) {
        start = now;
        end = now + THIRTY_DAYS;
        replaced++;
    }
}
