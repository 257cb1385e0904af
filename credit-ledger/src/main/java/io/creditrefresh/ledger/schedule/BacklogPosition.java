package io.creditrefresh.ledger.schedule;

/**
 * How far along a long backlog jobs have been emitted, in the order of account ids.
 *
 * @param minute epoch minute; what comes due later is not part of the backlog
 * @param accountId every account up to it is covered, 0 and more
 */
public record BacklogPosition(long minute, long accountId) {

    public BacklogPosition {
        if (accountId < 0) {
            throw new IllegalArgumentException("no account has the id " + accountId);
        }
    }

    /** None of the backlog is emitted yet. */
    public static BacklogPosition beginningUpTo(long minute) {
        return new BacklogPosition(minute, 0);
    }

    /** The same backlog with every account up to this one covered. */
    public BacklogPosition reached(long account) {
        return new BacklogPosition(minute, account);
    }
}
