package io.creditrefresh.api.status;

import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.command.ActivePeriods;
import io.creditrefresh.ledger.command.Switches;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.refresh.Standing;
import io.creditrefresh.ledger.rollout.View;
import io.creditrefresh.ledger.store.CatalogueStore;
import io.creditrefresh.ledger.store.RefreshHistoryStore;
import io.creditrefresh.ledger.store.RolloutStore;
import io.creditrefresh.ledger.store.SubscriberStore;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
            Catalogue catalogue = CatalogueStore.read(connection);
            Subscriber subscriber = complete(connection, find(connection, userId), catalogue, now);
            List<CreditStatus.KindBalance> balances = standings(connection, subscriber, catalogue, now).stream()
                    .map(CreditStatus.KindBalance::of)
                    .toList();
            return CreditStatus.of(subscriber, isPaused(), balances, now);
        }
    }

    /** The next refreshes of the user, or the problem {@code user_not_found}. */
    public NextRefreshes nextRefreshes(String userId) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Instant now = clock.instant();
            Catalogue catalogue = CatalogueStore.read(connection);
            Subscriber subscriber = complete(connection, find(connection, userId), catalogue, now);
            List<NextRefresh> refreshes = new ArrayList<>();
            for (Standing standing : standings(connection, subscriber, catalogue, now)) {
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

    /** With the accounts that the user's first spend would open. */
    private static Subscriber complete(Connection connection, Subscriber subscriber, Catalogue catalogue, Instant now)
            throws SQLException {
        return subscriber.placement().view() == View.V2
                ? ActivePeriods.foreseen(connection, subscriber, catalogue, now)
                : subscriber;
    }

    /** Of the accounts that the user sees; a due refresh is foreseen in the view that it will go by. */
    private List<Standing> standings(Connection connection, Subscriber subscriber, Catalogue catalogue, Instant now)
            throws SQLException {
        Map<Long, Account> due = RolloutStore.placedDue(connection, subscriber, catalogue, now);
        return subscriber.accounts().stream()
                .filter(account -> CreditStatus.isShown(subscriber, account))
                .map(account -> Standing.of(
                                due.getOrDefault(account.id(), account), catalogue, now, switches.refreshesByItself())
                        .inView(account.isInView()))
                .toList();
    }

    private boolean isPaused() {
        return !switches.refreshesByItself();
    }
}
