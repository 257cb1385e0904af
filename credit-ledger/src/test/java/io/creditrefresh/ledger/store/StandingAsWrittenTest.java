package io.creditrefresh.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.refresh.Standing;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user is shown before the refresh is written is what is written then. */
class StandingAsWrittenTest {

    private static final Instant PERIOD_END = Instant.parse("2026-11-19T10:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private final LedgerDatabase database = LedgerDatabase.create();
    private Connection admin;
    private Connection api;
    private WorkFixture work;
    private Catalogue catalogue;

    @BeforeEach
    void connect() throws SQLException {
        database.execute("INSERT INTO plan VALUES ('rolling'), ('gold')");
        database.execute("INSERT INTO plan_allowance (plan_code, kind, amount, rollover_cap)"
                + " VALUES ('rolling', 'credits', 700, 100)");
        database.execute("INSERT INTO plan_allowance (plan_code, kind, valid_from, amount)"
                + " VALUES ('pro', 'credits', '2026-11-19T10:00:00Z', 21000)");
        admin = database.superuser();
        api = database.as("credit_api").getConnection();
        work = new WorkFixture(database);
        catalogue = CatalogueStore.read(api);
    }

    @AfterEach
    void disconnect() throws SQLException {
        work.close();
        api.close();
        admin.close();
    }

    @ParameterizedTest
    @MethodSource("dueAccounts")
    void isTheAccountThatARefreshThenWrites(AccountFixture fixture) throws SQLException {
        long id = fixture.holding(300, 50).insert(admin);
        Standing before = Standing.of(account(id), catalogue, NOW, true);

        work.refresh(List.of(id), NOW);

        assertThat(before.due()).isPresent();
        assertThat(before.account()).isEqualTo(account(id));
        assertThat(Standing.of(account(id), catalogue, NOW, true).due()).isEmpty();
        assertThat(RefreshHistoryStore.last(api, id)).hasValueSatisfying(last -> assertThat(last.balanceAfter())
                .isEqualTo(before.account().balance().total()));
    }

    static List<AccountFixture> dueAccounts() {
        return List.of(
                AccountFixture.user("account-1").periodEnd(PERIOD_END),
                AccountFixture.user("account-1").periodEnd(NOW),
                AccountFixture.user("account-1").plan("pro").periodEnd(PERIOD_END),
                AccountFixture.user("account-1").plan("pro").periodEnd(PERIOD_END.minus(Duration.ofDays(95))),
                AccountFixture.user("account-1").plan("rolling").periodEnd(PERIOD_END),
                AccountFixture.user("account-1").customAllowance(77).periodEnd(PERIOD_END),
                AccountFixture.user("account-1")
                        .plan("pro")
                        .billingState("cancelled")
                        .periodEnd(PERIOD_END),
                AccountFixture.user("account-1").refreshDay(31).periodEnd(PERIOD_END));
    }

    @Test
    void isOverdueOnAPlanWithoutAllowance() throws SQLException {
        Account account = account(AccountFixture.user("account-1")
                .plan("gold")
                .periodEnd(PERIOD_END)
                .insert(admin));

        assertThat(Standing.of(account, catalogue, NOW, true).overdue()).isTrue();
        assertThat(Standing.of(account, catalogue, NOW, true).account()).isEqualTo(account);
    }

    /** As the API reads it. */
    private Account account(long id) throws SQLException {
        return SubscriberStore.find(api, "account-1").orElseThrow().accounts().stream()
                .filter(account -> account.id() == id)
                .findFirst()
                .orElseThrow();
    }
}
