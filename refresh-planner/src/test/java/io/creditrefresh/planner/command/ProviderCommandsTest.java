package io.creditrefresh.planner.command;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.billing.stripe.FakeStripe;
import io.creditrefresh.billing.stripe.PlanMap;
import io.creditrefresh.billing.stripe.StripeApi;
import io.creditrefresh.billing.stripe.StripeJson;
import io.creditrefresh.ledger.audit.LedgerAudit;
import io.creditrefresh.ledger.provider.FakeSubscription;
import io.creditrefresh.ledger.provider.ProviderStatus;
import io.creditrefresh.ledger.store.LedgerDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProviderCommandsTest {

    private static final Instant TOMORROW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant BOUGHT = Instant.parse("2026-11-20T09:00:00Z");

    private final LedgerDatabase database = LedgerDatabase.create();
    private final FakeStripe stripe = new FakeStripe();
    private final FakeSubscription subscription =
            FakeSubscription.of("sub_buyer", "pro", ProviderStatus.ACTIVE, BOUGHT);

    @BeforeEach
    void fill() throws SQLException {
        try (Connection connection = database.superuser()) {
            user("buyer").plan("free").holding(1_000, 20).periodEnd(TOMORROW).insert(connection);
            user("other").plan("free").holding(1_000, 0).periodEnd(TOMORROW).insert(connection);
        }
        link("cus_buyer", "buyer");
        link("cus_other", "other");
        stripe.has("cus_buyer", subscription.created());
        stripe.has(
                "cus_nobody",
                FakeSubscription.of("sub_nobody", "pro", ProviderStatus.ACTIVE, BOUGHT)
                        .created());
        stripe.has(
                "cus_other",
                FakeSubscription.of("sub_old", "pro", ProviderStatus.CANCELED, BOUGHT)
                        .created());
    }

    @AfterEach
    void close() {
        stripe.close();
    }

    @Test
    void findsASubscriptionThatNobodyHasTold() {
        Ran ran = run("verify");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out())
                .contains(
                        "differs_from_provider: account 1, user buyer: subscription sub_buyer at stripe is pro active")
                .contains("here it is not known")
                .doesNotContain("nobody")
                .contains("1 differs_from_provider");
    }

    @Test
    void takesInWhatTheProviderSaysOnce() throws SQLException {
        Ran first = run("sync");
        Ran second = run("sync");

        assertThat(first.exitCode()).isZero();
        assertThat(first.out())
                .contains("Synced credits for buyer: 1020 → 21020 (credits)")
                .contains("Granted 20,000 credits to 1 accounts");
        assertThat(second.out().strip()).isEqualTo("Granted 0 credits to 0 accounts");
        assertThat(run("verify").exitCode()).isZero();
        try (Connection connection = database.superuser()) {
            assertThat(LedgerAudit.findings(connection)).isEmpty();
        }
    }

    @Test
    void tellsWhatItWouldTakeInAndWritesNothing() {
        Ran ran = run("sync", "--dry-run");

        assertThat(ran.out())
                .contains("Would sync credits for buyer: 1020 → 21020 (credits)")
                .contains("Would grant 20,000 credits to 1 accounts; nothing was written");
        assertThat(database.query("SELECT (SELECT count(*) FROM provider_snapshot) + (SELECT max(version) - 1 FROM"
                        + " credit_account)"))
                .isEqualTo("0");
    }

    @Test
    void lowersNothingWhenTheSubscriptionIsOver() {
        run("sync");
        stripe.has("cus_buyer", subscription.deleted(TOMORROW));

        Ran ran = run("sync");

        assertThat(ran.out()).contains("Synced buyer with the provider");
        assertThat(database.query("SELECT row(s.billing_state, a.allowance + a.bonus) FROM subscriber s JOIN"
                        + " credit_account a ON a.subscriber_id = s.id WHERE s.user_id = 'buyer'"))
                .isEqualTo("(cancelled,21020)");
    }

    @Test
    void goesOnBehindASubscriptionThatItDoesNotUnderstand() {
        stripe.has(
                "cus_odd",
                FakeSubscription.of("sub_odd", "gold", ProviderStatus.ACTIVE, BOUGHT)
                        .created());

        Ran ran = run("sync");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains("Not synced: subscription sub_odd: none of [price_gold, prod_gold]");
        assertThat(ran.out()).contains("Granted 20,000 credits to 1 accounts");
    }

    @Test
    void asksAgainWhenTheProviderDidNotAnswer() {
        stripe.answering(503, "{}");

        assertThat(run("sync").out()).contains("Granted 20,000 credits to 1 accounts");
    }

    @Test
    void refusesARateThatIsNone() {
        Ran ran = run("sync", "--provider-rate", "0");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("allowed: 1 to 100");
    }

    private void link(String customer, String userId) {
        database.execute("INSERT INTO billing_customer (provider, customer_id, subscriber_id, created_at) SELECT"
                + " 'stripe', '" + customer + "', id, created_at FROM subscriber WHERE user_id = '" + userId + "'");
    }

    private Ran run(String... arguments) {
        OperatorSettings settings = ImportScene.settings(database.url(), null);
        StripeApi api =
                new StripeApi(stripe.url(), FakeStripe.KEY, Duration.ofSeconds(5), PlanMap.parse(StripeJson.PLANS));
        return Ran.command(
                new OperatorSettings(
                        settings.url(), settings.username(), settings.password(), settings.clock(), Optional.of(api)),
                arguments);
    }
}
