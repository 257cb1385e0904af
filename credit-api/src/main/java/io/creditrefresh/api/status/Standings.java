package io.creditrefresh.api.status;

import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.command.Switches;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.refresh.Standing;
import io.creditrefresh.ledger.store.CatalogueStore;
import io.creditrefresh.ledger.store.RefreshHistoryStore;
import io.creditrefresh.ledger.store.SubscriberStore;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Reads how a user stands: due refreshes are shown as applied, by the rule that workers apply them with; none is written. */
@Singleton
public class Standings {

    private final DataSource database;
    private final InstantSource clock;
    private final Switches switches;

    Standings(DataSource database, InstantSource clock, Switches switches) {
        this.database = database;
        this.clock = clock;
        this.switches = switches;
    }

    /** Balances of the user, or the problem {@code user_not_found}. */
    public CreditStatus status(String userId) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Instant now = clock.instant();
            Subscriber subscriber = find(connection, userId);
            List<CreditStatus.KindBalance> balances =
                    standings(subscriber, CatalogueStore.read(connection), now).stream()
                            .map(CreditStatus.KindBalance::of)
                            .toList();
            return CreditStatus.of(subscriber, isPaused(), balances, now);
        }
    }

    /** The next refreshes of the user, or the problem {@code user_not_found}. */
    public NextRefreshes nextRefreshes(String userId) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Instant now = clock.instant();
            Subscriber subscriber = find(connection, userId);
            Catalogue catalogue = CatalogueStore.read(connection);
            List<NextRefresh> refreshes = new ArrayList<>();
            for (Standing standing : standings(subscriber, catalogue, now)) {
                refreshes.add(NextRefresh.of(
                        subscriber,
                        standing,
                        catalogue,
                        RefreshHistoryStore.last(connection, standing.account().id()),
                        now));
            }
            return NextRefreshes.of(subscriber, isPaused(), refreshes, now);
        }
    }

    private static Subscriber find(Connection connection, String userId) throws SQLException {
        return SubscriberStore.find(connection, userId).orElseThrow(ProblemCode.USER_NOT_FOUND::problem);
    }

    /** Of the accounts that the user sees. */
    private List<Standing> standings(Subscriber subscriber, Catalogue catalogue, Instant now) {
        return subscriber.accounts().stream()
                .filter(CreditStatus::isShown)
                .map(account -> Standing.of(account, catalogue, now, switches.refreshesByItself()))
                .toList();
    }

    private boolean isPaused() {
        return !switches.refreshesByItself();
    }
}
