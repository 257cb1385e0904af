package io.creditrefresh.ledger.billing;

import io.creditrefresh.ledger.movement.SubscriberChange;
import java.util.List;
import java.util.Map;

/**
 * What billing events make of a subscriber, decided but not yet written.
 *
 * @param settled claims that are new, or that an event claims earlier than was known
 * @param clocks by account id; those that are new or changed
 * @param book with all of it
 */
public record BillingChange(
        SubscriberChange change, List<SettledClaim> settled, Map<Long, BillingClock> clocks, BillingBook book) {}
