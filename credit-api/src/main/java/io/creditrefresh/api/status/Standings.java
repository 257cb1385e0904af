package io.creditrefresh.api.status;

import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.command.ActivePeriods;
import io.creditrefresh.ledger.command.Switches;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.CreditKind;
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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            Found found = find(connection, userId, catalogue, now);
            List<CreditStatus.KindBalance> balances =
                    found.shown().stream().map(CreditStatus.KindBalance::of).toList();
            return CreditStatus.of(found.subscriber(), isPaused(), balances, now);
        }
    }

    /** The next refreshes of the user, or the problem {@code user_not_found}. */
    public NextRefreshes nextRefreshes(String userId) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Instant now = clock.instant();
            Catalogue catalogue = CatalogueStore.read(connection);
            Found found = find(connection, userId, catalogue, now);
            List<NextRefresh> refreshes = new ArrayList<>();
            for (Standing standing : found.shown()) {
                refreshes.add(NextRefresh.of(
                        found.subscriber(),
                        standing,
                        catalogue,
                        RefreshHistoryStore.last(connection, standing.account().id()),
                        now));
            }
            return NextRefreshes.of(found.subscriber(), isPaused(), refreshes, now);
        }
    }

    /**
     * A user as a spend would find them: refreshed, then with the accounts that it would open.
     *
     * @param shown of the accounts that the user sees
     */
    private record Found(Subscriber subscriber, List<Standing> shown) {}

    private Found find(Connection connection, String userId, Catalogue catalogue, Instant now) throws SQLException {
        Subscriber subscriber =
                SubscriberStore.find(connection, userId).orElseThrow(ProblemCode.USER_NOT_FOUND::problem);
        Map<Long, Account> due = RolloutStore.foreseenDue(connection, subscriber, catalogue, now);
        Map<CreditKind, Standing> standings = new EnumMap<>(CreditKind.class);
        for (Account account : subscriber.accounts()) {
            // A due refresh goes by the view of its boundary, all after it by the present one.
            Account placed = due.getOrDefault(account.id(), account);
            standings.put(
                    account.kind(),
                    Standing.of(placed, catalogue, now, switches.refreshesByItself())
                            .inView(account.isInView()));
        }
        Subscriber refreshed = subscriber.withAccounts(account ->
                standings.getOrDefault(account.kind(), opened(account)).account());
        Subscriber complete = subscriber.placement().view() == View.V2
                ? ActivePeriods.foreseen(connection, refreshed, catalogue, now)
                : refreshed;
        return new Found(
                complete,
                complete.accounts().stream()
                        .filter(account -> CreditStatus.isShown(complete, account))
                        .map(account -> standings.getOrDefault(account.kind(), opened(account)))
                        .toList());
    }

    private static Standing opened(Account account) {
        return new Standing(account, Optional.empty(), false);
    }

    private boolean isPaused() {
        return !switches.refreshesByItself();
    }
}
