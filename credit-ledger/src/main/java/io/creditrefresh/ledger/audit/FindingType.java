package io.creditrefresh.ledger.audit;

import java.util.Locale;

/** What a verification looks for: the broken invariants of the ledger's audit, and what is late or owed. */
public enum FindingType {
    BALANCE_IS_THE_SUM_OF_ENTRIES,
    BONUS_IS_THE_SUM_OF_ITS_CHANGES,
    VERSION_IS_THE_LAST_ENTRY,
    ENTRIES_HAVE_NO_GAP,
    ENTRIES_ARE_CHAINED,
    ONE_REFRESH_PER_PERIOD,
    ENTRY_BELONGS_TO_AN_ACCOUNT,
    PERIOD_IS_THE_LAST_REFRESHED_ONE,
    SCHEDULE_FOLLOWS_THE_SLOT,
    OFF_THE_SCHEDULE_EXACTLY_WHILE_ON_HOLD_OR_PAST_DUE,
    ACCOUNT_AGREES_WITH_ITS_SUBSCRIBER,
    /** Due for longer than a limit, without a failure that says why. */
    OVERDUE,
    /** The plan owes more than has been granted in this period. */
    OWED,
    /** A live subscription at the billing provider is another plan or state than the user's, or was not told of. */
    DIFFERS_FROM_PROVIDER,
    /** On one day the two views of the rollout of Credits v2 differ in more than they may. */
    V2_VARIANCE;

    private final String code = name().toLowerCase(Locale.ROOT);

    /** As columns, metrics and the API write it. */
    public String code() {
        return code;
    }

    /**
     * The type of a code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static FindingType of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
