package io.creditrefresh.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Balance;
import io.creditrefresh.ledger.account.BillingState;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.plan.CreditKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SubscriberStoreTest {

    private final LedgerDatabase database = LedgerDatabase.create();
    private Connection admin;
    private Connection api;

    @BeforeEach
    void connect() throws SQLException {
        admin = database.superuser();
        api = database.as("credit_api").getConnection();
    }

    @AfterEach
    void disconnect() throws SQLException {
        api.close();
        admin.close();
    }

    @Test
    void findsASubscriberWithAllAccountsInTheOrderOfTheirKinds() throws SQLException {
        AccountFixture.user("other").insert(admin);
        long credits = AccountFixture.user("account-1")
                .plan("pro")
                .billingState("cancelled")
                .holding(300, 50)
                .insert(admin);
        copyAs("roast", credits);
        copyAs("analysis", credits);

        Subscriber found = SubscriberStore.find(api, "account-1").orElseThrow();

        assertThat(found.id()).isEqualTo(database.count("SELECT id FROM subscriber WHERE user_id = 'account-1'"));
        assertThat(found.userId()).isEqualTo("account-1");
        assertThat(found.plan()).isEqualTo("pro");
        assertThat(found.billingState()).isEqualTo(BillingState.CANCELLED);
        assertThat(found.onHold()).isFalse();
        assertThat(found.accounts())
                .extracting(account -> account.entitlement().kind())
                .containsExactly(CreditKind.CREDITS, CreditKind.ANALYSIS, CreditKind.ROAST);
        assertThat(found.accounts()).extracting(Account::balance).containsOnly(new Balance(300, 50));
        assertThat(found.accounts().get(0))
                .isEqualTo(RefreshStore.accounts(admin, new long[] {credits}).get(credits));
    }

    @Test
    void findsWhoIsOnHold() throws SQLException {
        AccountFixture.user("held").onHold().insert(admin);

        Subscriber found = SubscriberStore.find(api, "held").orElseThrow();

        assertThat(found.onHold()).isTrue();
        assertThat(found.accounts()).singleElement().satisfies(account -> assertThat(account.refreshAt())
                .isNull());
    }

    @Test
    void findsASubscriberWithoutAccounts() throws SQLException {
        database.execute("INSERT INTO subscriber (user_id, plan_code, created_at) VALUES ('new', 'free', now())");

        assertThat(SubscriberStore.find(api, "new"))
                .hasValueSatisfying(found -> assertThat(found.accounts()).isEmpty());
    }

    @Test
    void findsSubscribersByOddUserIds() throws SQLException {
        List<String> odd = List.of(
                "🦄",
                "O'Brien \"the 1st\"; DROP TABLE subscriber; --",
                "back\\slash %_ ?",
                " space ",
                "line\nbreak",
                "x".repeat(128),
                "🦄".repeat(128));
        for (String userId : odd) {
            AccountFixture.user(userId).insert(admin);
        }

        for (String userId : odd) {
            assertThat(SubscriberStore.find(api, userId)).hasValueSatisfying(found -> {
                assertThat(found.userId()).isEqualTo(userId);
                assertThat(found.accounts()).hasSize(1);
            });
        }
    }

    @Test
    void findsNobodyByUnknownUserIds() throws SQLException {
        AccountFixture.user("account-1").insert(admin);
        AccountFixture.user("?").insert(admin);
        // The last two cannot be sent to the database as they are; half of a pair must not become a question mark.
        List<String> unknown =
                List.of("", "account-2", "ACCOUNT-1", "account-1 ", "x".repeat(10_000), "account-1\0", "\ud83e");

        for (String userId : unknown) {
            assertThat(SubscriberStore.find(api, userId)).as(userId).isEmpty();
        }
    }

    private void copyAs(String kind, long accountId) {
        database.execute("INSERT INTO credit_account (subscriber_id, kind, plan, billing_state, allowance, bonus,"
                + " granted_this_period, period_start, period_end, refresh_at, phase, version) SELECT subscriber_id, '"
                + kind + "', plan, billing_state, allowance, bonus, granted_this_period, period_start, period_end,"
                + " refresh_at, phase, version FROM credit_account WHERE id = " + accountId);
    }
}
