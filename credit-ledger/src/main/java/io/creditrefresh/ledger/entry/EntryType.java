package io.creditrefresh.ledger.entry;

/** Why an account changed. */
public enum EntryType {
    PROVISION,
    IMPORT,
    /** The transition from one period to the next. */
    REFRESH,
    MANUAL_REFRESH,
    RESET,
    UPGRADE,
    DOWNGRADE,
    SYNC,
    PURCHASE,
    CONSUME,
    REFUND,
    MIRROR,
    ADJUST,
    RESTORE,
    SETTINGS
}
