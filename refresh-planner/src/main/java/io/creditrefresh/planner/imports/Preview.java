package io.creditrefresh.planner.imports;

import io.creditrefresh.ledger.imports.ImportedAccount;
import io.creditrefresh.ledger.store.ImportStore;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a dry run would have brought in. */
public final class Preview {

    private final SortedMap<String, Totals> totalsByPlan = new TreeMap<>();

    private record Totals(long users, BigInteger credits, long onHold, long due, long neverRefreshed) {

        private static final Totals NONE = new Totals(0, BigInteger.ZERO, 0, 0, 0);

        Totals plus(ImportedAccount account, Instant now) {
            return new Totals(
                    users + 1,
                    credits.add(BigInteger.valueOf(account.balance().total())),
                    onHold + (account.user().onHold() ? 1 : 0),
                    due + (account.isDue(now) ? 1 : 0),
                    neverRefreshed + (account.user().lastRefresh() == null ? 1 : 0));
        }
    }

    /** Returns how many of the users are new; called for several chunks at the same time. */
    int add(Connection connection, List<ImportedAccount> accounts, Instant now) throws SQLException {
        Set<String> existing = ImportStore.existing(
                connection,
                accounts.stream().map(account -> account.user().userId()).toList());
        for (ImportedAccount account : accounts) {
            if (!existing.contains(account.user().userId())) {
                String plan = account.user().plan();
                totalsByPlan.put(
                        plan, totalsByPlan.getOrDefault(plan, Totals.NONE).plus(account, now));
            }
        }
        return accounts.size() - existing.size();
    }

    /** One line per plan. */
    public synchronized List<String> lines() {
        return totalsByPlan.entrySet().stream()
                .map(plan -> line(plan.getKey(), plan.getValue()))
                .toList();
    }

    private static String line(String plan, Totals totals) {
        return String.format(
                Locale.ROOT,
                "%s: %,d users with %,d credits; %,d on hold, %,d due now, %,d never refreshed",
                plan,
                totals.users,
                totals.credits,
                totals.onHold,
                totals.due,
                totals.neverRefreshed);
    }
}
