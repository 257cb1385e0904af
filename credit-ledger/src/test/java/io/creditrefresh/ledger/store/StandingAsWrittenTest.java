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
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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

    @Test
    void isTheAccountThatARefreshThenWrites() throws SQLException {
        Map<String, AccountFixture> fixtures = Map.of(
                "on free", user("on free"),
                "just due", user("just due").periodEnd(NOW),
                "on an edited plan", user("on an edited plan").plan("pro"),
                "several periods late",
                        user("several periods late").plan("pro").periodEnd(PERIOD_END.minus(Duration.ofDays(95))),
                "with a rollover", user("with a rollover").plan("rolling"),
                "with a custom allowance", user("with a custom allowance").customAllowance(77),
                "cancelled", user("cancelled").plan("pro").billingState("cancelled"),
                "on the 31st", user("on the 31st").refreshDay(31));

        for (Map.Entry<String, AccountFixture> fixture : fixtures.entrySet()) {
            String userId = fixture.getKey();
            long id = fixture.getValue().holding(300, 50).insert(admin);
            Standing before = Standing.of(account(userId), catalogue, NOW, true);

            work.refresh(List.of(id), NOW);

            assertThat(before.due()).as(userId).isPresent();
            assertThat(before.account()).isEqualTo(account(userId));
            assertThat(Standing.of(account(userId), catalogue, NOW, true).due()).isEmpty();
            assertThat(RefreshHistoryStore.last(api, id)).hasValueSatisfying(last -> assertThat(last.balanceAfter())
                    .isEqualTo(before.account().balance().total()));
        }
    }

    @Test
    void isOverdueOnAPlanWithoutAllowance() throws SQLException {
        user("on gold").plan("gold").insert(admin);
        Account account = account("on gold");

        assertThat(Standing.of(account, catalogue, NOW, true)).isEqualTo(new Standing(account, Optional.empty(), true));
    }

    private static AccountFixture user(String userId) {
        return AccountFixture.user(userId).periodEnd(PERIOD_END);
    }

    /** As the API reads it. */
    private Account account(String userId) throws SQLException {
        return SubscriberStore.find(api, userId).orElseThrow().accounts().get(0);
    }
}
