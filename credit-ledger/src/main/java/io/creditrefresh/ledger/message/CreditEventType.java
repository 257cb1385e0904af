package io.creditrefresh.ledger.message;

import java.util.Locale;

/** What happened to an account that a product may react to. */
public enum CreditEventType {
    /** Its credits were refreshed, by the clock or by an admin. */
    REFRESHED("io.creditrefresh.credit.refreshed"),
    /** Its balance fell to the threshold, or below it. */
    LOW("io.creditrefresh.credit.balance.low"),
    /** Its balance fell to nothing. */
    EXHAUSTED("io.creditrefresh.credit.balance.exhausted"),
    /** It has another plan. */
    PLAN_CHANGED("io.creditrefresh.credit.plan.changed");

    private final String cloudEventsType;

    CreditEventType(String cloudEventsType) {
        this.cloudEventsType = cloudEventsType;
    }

    /** As the database, ids and metrics name it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static CreditEventType of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** As consumers name it. */
    public String cloudEventsType() {
        return cloudEventsType;
    }
}
