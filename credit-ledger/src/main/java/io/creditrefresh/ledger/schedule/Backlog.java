package io.creditrefresh.ledger.schedule;

/**
 * How far along a long backlog jobs have been emitted, in the order of account ids.
 *
 * @param minute epoch minute; what comes due later is not part of it
 * @param accountId every account up to it is covered
 */
public record Backlog(long minute, long accountId) {

    /** None of it is emitted yet. */
    public static Backlog upTo(long minute) {
        return new Backlog(minute, 0);
    }

    /** The same with every account up to this one covered. */
    public Backlog reached(long accountId) {
        return new Backlog(minute, accountId);
    }
}
