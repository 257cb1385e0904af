package io.creditrefresh.ledger.reference;

/**
 * The columns of one credit account, as plain numbers.
 *
 * @param start epoch second
 * @param end epoch second
 * @param refreshAt epoch second; {@link #NEVER} while off the schedule
 * @param custom credits; {@link #NONE} for the plan's
 * @param seq number of its last entry
 */
public record Purse(
        String kind,
        String plan,
        String state,
        long paidUntil,
        int day,
        long custom,
        long allowance,
        long bonus,
        long granted,
        long start,
        long end,
        long refreshAt,
        long seq) {

    public static final long NONE = -1;
    public static final long NEVER = Long.MIN_VALUE;
    public static final long FOREVER = Long.MAX_VALUE;
}
