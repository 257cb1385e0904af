package io.creditrefresh.ledger.command;

import static io.creditrefresh.ledger.command.CommandLedger.DUE;
import static io.creditrefresh.ledger.command.CommandLedger.by;
import static io.creditrefresh.ledger.command.CommandLedger.shown;
import static io.creditrefresh.ledger.command.CommandLedger.value;
import static io.creditrefresh.ledger.store.AccountFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.command.Spending.Funds;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.spend.SpendRule.Need;
import io.creditrefresh.ledger.store.CatalogueStore;
import io.creditrefresh.ledger.store.SubscriberStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of the two views one carries its leftover over, however the rollout moves between the refreshes of their accounts. */
class RolloverInTwoViewsTest {

    private final CommandLedger ledger = new CommandLedger();
    private final RolloutScene scene = new RolloutScene(ledger);

    @BeforeEach
    void haveAllThatIsLeftCarriedOver() throws SQLException {
        ledger.database.execute("UPDATE plan_allowance SET rollover_cap = NULL");
        ledger.open(user("bob").holding(1_000, 0));
        scene.begin(0);
        scene.spend("bob", "k", CreditKind.ANALYSIS, 30);
        ledger.now = DUE;
    }

    @Test
    void carriesOnceWhenTheUserIsMovedAfterThePoolsRefresh() throws SQLException {
        refresh(CreditKind.CREDITS);
        scene.to(100);
        refresh(CreditKind.ANALYSIS);
        refresh(CreditKind.ROAST);

        assertThat(bonuses()).containsExactly("credits 970", "analysis 0", "roast 0");
    }

    @Test
    void carriesOnceWhenTheUserIsMovedBeforeThePoolsRefresh() throws SQLException {
        refresh(CreditKind.ANALYSIS);
        scene.to(100);
        refresh(CreditKind.CREDITS);
        refresh(CreditKind.ROAST);

        assertThat(bonuses()).containsExactly("credits 970", "analysis 0", "roast 0");
    }

    @Test
    void carriesAllKindsOfAViewOrNone() throws SQLException {
        scene.to(100);
        refresh(CreditKind.ANALYSIS);
        scene.to(0);
        refresh(CreditKind.ROAST);
        refresh(CreditKind.CREDITS);

        assertThat(bonuses()).containsExactly("credits 0", "analysis 70", "roast 10");
    }

    @Test
    void goesByTheUsersViewAtTheNextBoundary() throws SQLException {
        refresh(CreditKind.CREDITS);
        scene.change(Optional.of(true), Optional.empty(), false);
        refresh(CreditKind.ANALYSIS);
        refresh(CreditKind.ROAST);
        ledger.now = DUE.plus(Duration.ofDays(30));
        refresh(CreditKind.CREDITS);
        refresh(CreditKind.ANALYSIS);
        refresh(CreditKind.ROAST);

        assertThat(bonuses()).containsExactly("credits 970", "analysis 100", "roast 10");
    }

    @Test
    void goesByTheBoundaryOfAnAccountThatIsAPeriodBehind() throws SQLException {
        scene.to(100);
        refresh(CreditKind.CREDITS);
        ledger.now = DUE.plus(Duration.ofDays(30));
        scene.to(0);
        refresh(CreditKind.CREDITS);
        refresh(CreditKind.ANALYSIS);
        refresh(CreditKind.ROAST);

        assertThat(bonuses()).containsExactly("credits 1000", "analysis 70", "roast 10");
    }

    @Test
    void goesByNoBoundaryThatAnotherAccountHasSkipped() throws SQLException {
        refresh(CreditKind.ROAST);
        ledger.now = DUE.plus(Duration.ofDays(30));
        scene.to(100);
        refresh(CreditKind.CREDITS);
        refresh(CreditKind.ANALYSIS);
        refresh(CreditKind.ROAST);

        assertThat(bonuses()).containsExactly("credits 970", "analysis 0", "roast 10");
    }

    @Test
    void foreseesWhatTheFirstAccountHasSettled() throws SQLException {
        refresh(CreditKind.CREDITS);
        scene.to(100);
        Overrides overrides = new Overrides(ledger.access);

        Funds funds = value(scene.spending.check("bob", Map.of(CreditKind.ANALYSIS, 1_071L)));
        Result foreseen = value(overrides.adjust(by("bob").dryRun(true), CreditKind.ANALYSIS, 5, new EntriesOnly()));
        Result done = value(overrides.adjust(by("bob"), CreditKind.ANALYSIS, 5, new EntriesOnly()));

        assertThat(funds.needs()).containsExactly(new Need(CreditKind.ANALYSIS, 1_071, 100 + 970, 1));
        assertThat(shown(foreseen.entries()))
                .containsExactly("analysis REFRESH 30", "roast REFRESH 0", "analysis ADJUST 5")
                .isEqualTo(shown(done.entries()));
    }

    /** As a worker does it that has a job for this account alone. */
    private void refresh(CreditKind kind) throws SQLException {
        try (Connection connection = ledger.api.getConnection()) {
            Subscriber bob = SubscriberStore.find(connection, "bob").orElseThrow();
            List<Account> accounts = bob.accounts().stream()
                    .filter(account -> account.kind() == kind)
                    .toList();
            Subscriber alone = new Subscriber(
                    bob.id(), "bob", bob.plan(), bob.billingState(), false, null, bob.placement(), accounts);
            ledger.access.dueRefreshes().apply(alone, CatalogueStore.read(connection), ledger.now);
        }
    }

    private List<String> bonuses() {
        return ledger.database
                .query("SELECT string_agg(kind || ' ' || bonus, ',' ORDER BY id) FROM credit_account")
                .lines()
                .flatMap(line -> List.of(line.split(",")).stream())
                .toList();
    }
}
