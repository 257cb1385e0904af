package io.creditrefresh.ledger.command;

import static io.creditrefresh.ledger.command.CommandLedger.DUE;
import static io.creditrefresh.ledger.command.CommandLedger.by;
import static io.creditrefresh.ledger.command.CommandLedger.request;
import static io.creditrefresh.ledger.command.CommandLedger.value;
import static io.creditrefresh.ledger.store.AccountFixture.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.creditrefresh.ledger.bulk.BulkWish;
import io.creditrefresh.ledger.message.CreditEvent;
import io.creditrefresh.ledger.movement.Cause;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.provider.FakeSubscription;
import io.creditrefresh.ledger.provider.ProviderStatus;
import io.creditrefresh.ledger.spend.SpendOrder;
import io.creditrefresh.ledger.store.EventStore;
import io.creditrefresh.ledger.store.EventSwitch;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What the use cases leave in {@code credit_event}. */
class EventsNotedTest {

    private static final EntriesOnly RESULT = new EntriesOnly();

    private final BillingScene scene = new BillingScene();
    private final CommandLedger ledger = scene.ledger;
    private final Spending spending = new Spending(ledger.access);
    private final Overrides overrides = new Overrides(ledger.access);

    private int spends;

    @Test
    void notesNothingUnlessItIsSwitchedOn() throws SQLException {
        ledger.open(user("bob").holding(1_000, 0));

        spend("bob", 1_000);
        scene.changedByAdmin("bob", "pro");
        scene.changedByAdmin("bob", "free");
        ledger.now = DUE.plusSeconds(86_400 * 30);
        scene.worked("bob");

        assertThat(ledger.entries("bob")).hasSize(5);
        assertThat(noted()).isEmpty();
        assertThat(ledger.database.count("SELECT count(*) FROM pg_trigger WHERE tgtype & 4 > 0 AND NOT tgisinternal"
                        + " AND tgrelid = 'ledger_entry'::regclass"))
                .as("triggers that an insert into the ledger would call")
                .isZero();
    }

    @Test
    void notesARefreshByTheClockAndOneByAnAdmin() throws SQLException {
        switchOn(20);
        long id = ledger.open(user("bob").holding(300, 70));
        ledger.now = DUE;

        scene.worked("bob");
        spend("bob", 400);
        value(overrides.refresh(by("bob"), RESULT));

        assertThat(noted()).containsExactly("bob refreshed 1070 of 1000", "bob refreshed 1070 of 1000");
        assertThat(read())
                .extracting(CreditEvent::id, CreditEvent::entryType, CreditEvent::amounts, CreditEvent::periodStart)
                .containsExactly(
                        tuple(
                                id + "-2-refreshed",
                                "REFRESH",
                                new CreditEvent.Amounts(700, 1_070, 1_000, 300, 0),
                                Instant.parse("2026-11-19T10:00:00Z")),
                        tuple(
                                id + "-4-refreshed",
                                "MANUAL_REFRESH",
                                new CreditEvent.Amounts(400, 1_070, 400, 0, 0),
                                Instant.parse("2026-11-19T10:00:00Z")));
    }

    @Test
    void notesALowBalanceOncePerCrossing() throws SQLException {
        switchOn(20);
        ledger.open(user("bob").holding(1_000, 0));

        spend("bob", 799);
        assertThat(noted()).isEmpty();
        spend("bob", 1);
        assertThat(noted()).containsExactly("bob low 200 of 1000");
        spend("bob", 100);
        assertThat(noted()).hasSize(1);
        adjust("bob", 500);
        spend("bob", 450);

        assertThat(noted()).containsExactly("bob low 200 of 1000", "bob low 150 of 1000");
    }

    @Test
    void notesALowBalanceBeforeAnExhaustedOneThatComesWithIt() throws SQLException {
        switchOn(20);
        ledger.open(user("bob").holding(1_000, 0));

        spend("bob", 1_000);

        assertThat(noted()).containsExactly("bob low 0 of 1000", "bob exhausted 0 of 1000");
    }

    @Test
    void notesNoLowBalanceAtAThresholdOfNothing() throws SQLException {
        switchOn(0);
        ledger.open(user("bob").holding(1_000, 0));

        spend("bob", 999);
        spend("bob", 1);

        assertThat(noted()).containsExactly("bob exhausted 0 of 1000");
    }

    @Test
    void notesWhateverLowersABalance() throws SQLException {
        switchOn(20);
        ledger.open(user("ann").holding(100, 500));
        ledger.open(user("bob").holding(0, 0).periodEnd(Instant.parse("2026-11-01T13:00:00Z")));
        adjust("ann", -500);
        ledger.now = DUE;
        scene.worked("bob");
        assertThat(noted()).containsExactly("bob refreshed 1000 of 1000");

        new BulkAtOnce(ledger.access, ledger.database.as("credit_planner"), ledger.database.as("credit_worker"))
                .run(BulkWish.restoreOf(DUE, DUE.plusSeconds(1), null), new Cause("admin:alice", "a bad run"), false);

        assertThat(noted())
                .containsExactly("bob refreshed 1000 of 1000", "bob low 0 of 1000", "bob exhausted 0 of 1000");
    }

    @Test
    void notesNoExhaustedBalanceWhereThereWasNone() throws SQLException {
        switchOn(20);
        ledger.open(user("bob").holding(0, 0).customAllowance(0));
        ledger.now = DUE;

        scene.worked("bob");

        assertThat(noted()).containsExactly("bob refreshed 0 of 0");
    }

    @Test
    void leavesOutWhatASpendTakesFromTheOtherViewToo() throws SQLException {
        switchOn(20);
        long id = ledger.open(user("bob").holding(1_000, 0));

        ledger.database.execute(
                "INSERT INTO ledger_entry (account_id, seq, type, amount, balance_before, balance_after,"
                        + " period_start, actor, created_at) VALUES (" + id
                        + ", 2, 'MIRROR', -1000, 1000, 0, now(), 'api', now())");

        assertThat(noted()).isEmpty();
    }

    @Test
    void notesChangesOfThePlanByAdminAndProvider() throws SQLException {
        switchOn(20);
        ledger.open(user("ann").holding(1_000, 0));
        ledger.open(user("bob").holding(1_000, 0));

        scene.changedByAdmin("ann", "pro");
        scene.changedByAdmin("ann", "starter");
        scene.told(
                "bob",
                FakeSubscription.of("sub_1", "starter", ProviderStatus.ACTIVE, Instant.parse("2026-11-01T10:00:00Z"))
                        .created());

        assertThat(read())
                .extracting(CreditEvent::userId, CreditEvent::entryType, CreditEvent::planBefore, CreditEvent::plan)
                .containsExactly(
                        tuple("ann", "UPGRADE", "free", "pro"),
                        tuple("ann", "DOWNGRADE", "pro", "starter"),
                        tuple("bob", "UPGRADE", "free", "starter"));
    }

    @Test
    void notesNoChangeOfThePlanWhereALateEventGrantsWhatWasBought() throws SQLException {
        switchOn(20);
        ledger.open(user("bob").holding(1_000, 0));
        FakeSubscription bought =
                FakeSubscription.of("sub_1", "starter", ProviderStatus.ACTIVE, Instant.parse("2026-11-01T10:00:00Z"));
        var created = bought.created();
        var raised = bought.changedTo("pro", Instant.parse("2026-11-01T11:00:00Z"));

        scene.told("bob", raised);
        scene.told("bob", created);

        assertThat(ledger.entries("bob")).hasSize(3);
        assertThat(read())
                .extracting(CreditEvent::planBefore, CreditEvent::plan)
                .containsExactly(tuple("free", "pro"));
    }

    @Test
    void isSwitchedWithoutLosingWhatWaits() throws SQLException {
        ledger.open(user("bob").holding(1_000, 0));
        switchOn(10);
        switchOn(50);
        spend("bob", 500);
        try (Connection owner = ledger.database.as("credit_owner").getConnection()) {
            assertThat(EventSwitch.lowPercent(owner)).isEqualTo(OptionalInt.of(50));

            owner.setAutoCommit(false);
            EventSwitch.off(owner);
            EventSwitch.off(owner);
            owner.commit();

            assertThat(EventSwitch.lowPercent(owner)).isEmpty();
        }
        spend("bob", 500);
        scene.changedByAdmin("bob", "pro");

        assertThat(noted()).containsExactly("bob low 500 of 1000");
    }

    private void switchOn(int lowPercent) throws SQLException {
        try (Connection owner = ledger.database.as("credit_owner").getConnection()) {
            owner.setAutoCommit(false);
            EventSwitch.on(owner, lowPercent);
            owner.commit();
        }
    }

    private void spend(String userId, long credits) throws SQLException {
        value(spending.spend(new SpendOrder(
                userId,
                Map.of(CreditKind.CREDITS, credits),
                "service:shop",
                Map.of(),
                request("spend-" + ++spends, (int) credits))));
    }

    private void adjust(String userId, long credits) throws SQLException {
        value(overrides.adjust(by(userId), CreditKind.CREDITS, credits, RESULT));
    }

    private List<CreditEvent> read() throws SQLException {
        try (Connection planner = ledger.database.as("credit_planner").getConnection()) {
            return EventStore.oldest(planner, 100);
        }
    }

    private List<String> noted() throws SQLException {
        return read().stream()
                .map(event -> "%s %s %d of %d"
                        .formatted(
                                event.userId(),
                                event.type().code(),
                                event.amounts().balance(),
                                event.limit()))
                .toList();
    }
}
