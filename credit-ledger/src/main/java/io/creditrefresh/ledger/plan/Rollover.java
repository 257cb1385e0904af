package io.creditrefresh.ledger.plan;

/**
 * How much of an unused allowance a refresh carries over to bonus.
 *
 * @param cap credits, 0 or more
 */
public record Rollover(long cap) {

    /** The whole leftover lapses. */
    public static final Rollover NONE = new Rollover(0);

    public static final Rollover UNLIMITED = new Rollover(Long.MAX_VALUE);

    public Rollover {
        if (cap < 0) {
            throw new IllegalArgumentException("a rollover cap is not negative: " + cap);
        }
    }

    public long carriedOf(long leftover) {
        return Math.min(leftover, cap);
    }
}
