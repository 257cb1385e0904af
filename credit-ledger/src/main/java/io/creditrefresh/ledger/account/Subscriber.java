package io.creditrefresh.ledger.account;

import java.util.List;

/**
 * A user of the SaaS product as this service knows them.
 *
 * @param userId the product's own id of the user
 * @param onHold whether an operator keeps them off the schedule
 * @param accounts in the order of their kinds; may be none
 */
public record Subscriber(
        long id, String userId, String plan, BillingState billingState, boolean onHold, List<Account> accounts) {

    public Subscriber {
        accounts = List.copyOf(accounts);
    }
}
