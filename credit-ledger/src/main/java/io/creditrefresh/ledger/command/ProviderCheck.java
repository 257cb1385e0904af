package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.audit.FindingType;
import io.creditrefresh.ledger.audit.Verification;
import io.creditrefresh.ledger.audit.Verification.Finding;
import io.creditrefresh.ledger.provider.BillingProvider;
import io.creditrefresh.ledger.provider.NotUnderstoodException;
import io.creditrefresh.ledger.store.ProviderDifferenceStore;
import io.creditrefresh.ledger.store.ProviderDifferenceStore.Difference;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares all subscriptions of a provider with what it has told: an event that never came is found here. */
public final class ProviderCheck {

    /** More customers than this are not asked about a second time. */
    private static final int ASKED_AGAIN_MAX = 1_000;

    private ProviderCheck() {}

    /**
     * Asks the provider for all its subscriptions, page by page, and a second time for those that differ: an event may
     * be on its way.
     *
     * @param connection in no transaction
     * @return one finding for each subscription that is still not as it was told
     * @throws io.creditrefresh.ledger.provider.ProviderUnavailableException if the provider does not answer
     */
    public static List<Finding> run(Connection connection, BillingProvider provider) throws SQLException {
        Map<String, List<Difference>> byCustomer = new LinkedHashMap<>();
        String next = "";
        do {
            BillingProvider.Page page = provider.page(next);
            for (Difference each : ProviderDifferenceStore.find(connection, provider.name(), page.subscriptions())) {
                byCustomer
                        .computeIfAbsent(each.customerId(), customer -> new ArrayList<>())
                        .add(each);
            }
            next = page.next();
        } while (!next.isEmpty() && byCustomer.size() < Verification.FINDINGS_MAX);
        List<Finding> findings = new ArrayList<>();
        int asked = 0;
        for (Map.Entry<String, List<Difference>> customer : byCustomer.entrySet()) {
            List<Difference> still = asked++ < ASKED_AGAIN_MAX
                    ? askedAgain(connection, provider, customer.getKey(), customer.getValue())
                    : customer.getValue();
            still.forEach(each -> findings.add(
                    new Finding(FindingType.DIFFERS_FROM_PROVIDER, each.accountId(), each.userId(), each.detail())));
        }
        return findings;
    }

    private static List<Difference> askedAgain(
            Connection connection, BillingProvider provider, String customer, List<Difference> before)
            throws SQLException {
        try {
            return ProviderDifferenceStore.find(connection, provider.name(), provider.subscriptionsOf(customer));
        } catch (NotUnderstoodException e) {
            return before;
        }
    }
}
