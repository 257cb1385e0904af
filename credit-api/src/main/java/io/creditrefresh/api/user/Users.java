package io.creditrefresh.api.user;

import io.creditrefresh.api.override.RefreshSettingsAnswer;
import io.creditrefresh.api.status.Standings;
import io.creditrefresh.api.user.UserDetails.BillingCustomer;
import io.creditrefresh.api.user.UserDetails.BillingSubscription;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.provider.Snapshot;
import io.creditrefresh.ledger.store.CustomerStore;
import io.creditrefresh.ledger.store.ProviderStore;
import io.creditrefresh.ledger.store.SubscriberStore;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import javax.sql.DataSource;

/** Shows single users whole. */
@Singleton
class Users {

    private final DataSource database;
    private final Standings standings;

    Users(DataSource database, Standings standings) {
        this.database = database;
        this.standings = standings;
    }

    /** A user, or the problem {@code user_not_found}. */
    UserDetails find(String userId) throws SQLException {
        Subscriber subscriber;
        List<BillingCustomer> customers;
        List<BillingSubscription> subscriptions;
        try (Connection connection = database.getConnection()) {
            subscriber = SubscriberStore.find(connection, userId).orElseThrow(ProblemCode.USER_NOT_FOUND::problem);
            customers = CustomerStore.allOf(connection, subscriber.id()).stream()
                    .map(each -> new BillingCustomer(each.provider(), each.customerId()))
                    .toList();
            subscriptions = ProviderStore.history(connection, subscriber.id()).subscriptions().stream()
                    .map(told -> told.get(told.size() - 1))
                    .sorted(Comparator.comparing(Snapshot::createdAt).reversed())
                    .map(Users::shown)
                    .toList();
        }
        UserRow row = UserRow.<UserRow>findById(subscriber.id());
        return new UserDetails(
                userId,
                row.email,
                row.createdAt,
                standings.status(userId),
                standings.nextRefreshes(userId),
                RefreshSettingsAnswer.of(subscriber),
                customers,
                subscriptions);
    }

    private static BillingSubscription shown(Snapshot told) {
        return new BillingSubscription(
                told.subscription().provider(),
                told.subscription().id(),
                told.terms().plan(),
                told.terms().status().code(),
                told.terms().periodStart(),
                told.terms().periodEnd(),
                told.terms().paidUntil(),
                told.at());
    }
}
