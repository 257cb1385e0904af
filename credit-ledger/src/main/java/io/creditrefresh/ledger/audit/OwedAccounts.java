package io.creditrefresh.ledger.audit;

/** The test of the safe sync as SQL: which accounts {@code a} their plan owes something, and {@code in_force.amount}. */
public final class OwedAccounts {

    // The free plan's amount once a subscription that is not renewed is over.
    public static final String CONDITION = """
            CROSS JOIN LATERAL (
                SELECT p.amount
                FROM plan_allowance p
                WHERE p.plan_code = CASE WHEN a.paid_until <= a.period_start THEN 'free' ELSE a.plan END
                    AND p.kind = a.kind
                    AND p.valid_from <= a.period_start
                ORDER BY p.valid_from DESC
                LIMIT 1
            ) in_force
            WHERE a.billing_state = 'active'
                AND a.custom_allowance IS NULL
                AND in_force.amount > a.granted_this_period""";

    private OwedAccounts() {}
}
