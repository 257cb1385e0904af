package io.creditrefresh.ledger.command;

import static io.creditrefresh.ledger.command.CommandLedger.DUE;
import static io.creditrefresh.ledger.command.CommandLedger.WITHIN;
import static io.creditrefresh.ledger.command.CommandLedger.by;
import static io.creditrefresh.ledger.command.CommandLedger.request;
import static io.creditrefresh.ledger.command.CommandLedger.shown;
import static io.creditrefresh.ledger.command.CommandLedger.value;
import static io.creditrefresh.ledger.store.AccountFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.account.AnonymousId;
import io.creditrefresh.ledger.account.BillingState;
import io.creditrefresh.ledger.audit.Verification;
import io.creditrefresh.ledger.bulk.BulkWish;
import io.creditrefresh.ledger.movement.Cause;
import io.creditrefresh.ledger.movement.Deed;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.provider.BillingEvent.InvoicePaid;
import io.creditrefresh.ledger.provider.FakeSubscription;
import io.creditrefresh.ledger.provider.ProviderStatus;
import io.creditrefresh.ledger.spend.SpendOrder;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnonymisationsTest {

    private static final Refusal GONE = Refusal.USER_NOT_FOUND;

    private final BillingScene scene = new BillingScene();
    private final CommandLedger ledger = scene.ledger;
    private final Anonymisations anonymisations = new Anonymisations(ledger.access);

    @AfterEach
    void close() throws SQLException {
        scene.close();
    }

    @Test
    void takesTheIdAwayAndLeavesTheLedger() throws SQLException {
        ledger.open(user("bob").holding(300, 7));
        ledger.openAnalysis("bob", 40);
        ledger.database.execute("UPDATE subscriber SET email = 'bob@example.com'");

        Result result = anonymise("bob");

        String id = result.after().userId();
        assertThat(AnonymousId.is(id)).isTrue();
        assertThat(ledger.entries(id))
                .containsExactly(
                        "credits IMPORT 307", "credits SETTINGS 0", "analysis IMPORT 40", "analysis SETTINGS 0");
        assertThat(ledger.balance(id)).isEqualTo("300 + 7");
        assertThat(ledger.database.query("SELECT format('%s|%s|%s|%s|%s', email, refresh_hold, s.billing_state,"
                        + " refresh_at, version) FROM subscriber s JOIN credit_account a ON a.subscriber_id = s.id"
                        + " WHERE kind = 'credits'"))
                .isEqualTo("|t|cancelled||2");
        assertThat(everyText()).doesNotContain("bob");
        assertThat(findings()).isEmpty();
    }

    @Test
    void tellsInADryRunWhatItThenWritesAndWritesNothing() throws SQLException {
        ledger.open(user("bob").holding(300, 7));
        ledger.now = DUE;
        String before = ledger.dump();

        Result told = value(anonymisations.anonymise(by("bob").dryRun(true), new EntriesOnly()));

        assertThat(ledger.dump()).isEqualTo(before);
        assertThat(shown(told.entries())).containsExactly("credits REFRESH 700", "credits SETTINGS 0");
        assertThat(anonymise("bob").entries()).isEqualTo(told.entries());
    }

    @Test
    void givesTheSameAnswerUnderTheSameKeyThoughThereIsNoSuchUserAnyMore() throws SQLException {
        ledger.open(user("bob"));
        ledger.open(user("carol"));
        Command once = by("bob").onceAs(Optional.of(request("k", 1)));
        String first = value(anonymisations.anonymise(once, new Ids()));
        String after = ledger.dump();

        assertThat(anonymisations.anonymise(once, new Ids())).isEqualTo(new Outcome.Done<>(first, true));
        assertThat(anonymisations.anonymise(by("bob"), new Ids())).isEqualTo(new Outcome.Refused<>(GONE));
        assertThat(anonymisations.anonymise(by("carol").onceAs(Optional.of(request("k", 2))), new Ids()))
                .isEqualTo(new Outcome.Refused<>(Refusal.KEY_REUSED));
        assertThat(ledger.dump()).isEqualTo(after);
    }

    @Test
    void isDoneOnceByAllWhoAskAtOnce() throws Exception {
        ledger.open(user("bob"));
        Command once = by("bob").onceAs(Optional.of(request("k", 1)));
        Callable<Outcome<String>> asking = () -> anonymisations.anonymise(once, new Ids());

        List<Outcome<String>> outcomes = atOnce(IntStream.range(0, 8).mapToObj(i -> asking));

        assertThat(outcomes.stream().map(CommandLedger::value).distinct()).hasSize(1);
        assertThat(ledger.database.count("SELECT count(*) FROM ledger_entry WHERE type = 'SETTINGS'"))
                .isEqualTo(1);
    }

    @Test
    void letsNothingChangeAnyMoreUnderEitherId() throws SQLException {
        ledger.open(user("bob"));
        String id = anonymise("bob").after().userId();
        Spending spending = new Spending(ledger.access);
        Overrides overrides = new Overrides(ledger.access);
        String after = ledger.dump();

        assertThat(refusalOf(spending.spend(order("bob")))).isEqualTo(GONE);
        assertThat(refusalOf(overrides.refresh(by("bob"), new EntriesOnly()))).isEqualTo(GONE);
        assertThat(refusalOf(spending.spend(order(id)))).isEqualTo(Refusal.ANONYMISED);
        assertThat(refusalOf(overrides.refresh(by(id), new EntriesOnly()))).isEqualTo(Refusal.ANONYMISED);
        assertThat(refusalOf(scene.subscriptions.hold(by(id), false, new EntriesOnly())))
                .isEqualTo(Refusal.ANONYMISED);
        assertThat(refusalOf(scene.provisioning.provision(
                        by(id), new Provisioning.Wish("pro", null, Optional.empty()), new EntriesOnly())))
                .isEqualTo(Refusal.ANONYMISED);
        assertThat(refusalOf(anonymisations.anonymise(by(id), new EntriesOnly())))
                .isEqualTo(Refusal.ANONYMISED);
        assertThat(ledger.dump()).isEqualTo(after);
    }

    @Test
    void isNeverRefreshedNorOwedAnythingAfterwards() throws SQLException {
        ledger.open(user("bob").plan("pro").holding(300, 7));
        ledger.database.execute("UPDATE credit_account SET granted_this_period = 1000");
        String id = anonymise("bob").after().userId();

        ledger.now = DUE.plus(Duration.ofDays(90));
        scene.worked(id);

        assertThat(ledger.entries(id)).containsExactly("credits IMPORT 307", "credits SETTINGS 0");
        assertThat(ledger.database.count("SELECT count(*) FROM credit_account WHERE refresh_at IS NOT NULL"))
                .isZero();
        assertThat(findings()).isEmpty();
    }

    @Test
    void leavesNothingOfBillingThatLeadsBack() throws SQLException {
        scene.provisioned("bob", "free");
        FakeSubscription bought = FakeSubscription.of("sub_1", "pro", ProviderStatus.ACTIVE, WITHIN);
        scene.told("bob", bought.created());
        store("evt-ignored", "{'data': {'object': {'id': 'cus_bob', 'email': 'bob@example.com'}}}", "ignored");
        store("evt-given-up", "{'client_reference_id' :'bob'}", "exhausted");
        store("evt-of-another", "{'userId': 'bobby', 'customer': 'cus_bobby', 'bob': 'x'}", "ignored");
        assertThat(ledger.database.count("SELECT count(*) FROM provider_snapshot"))
                .isEqualTo(1);

        Result result = anonymise("bob");

        for (String table :
                List.of("billing_customer", "provider_snapshot", "provider_subscription", "billing_claim")) {
            assertThat(ledger.database.count("SELECT count(*) FROM " + table))
                    .as(table)
                    .isZero();
        }
        assertThat(ledger.database.query("SELECT string_agg(event_id || ' ' || state, ',' ORDER BY id) FROM"
                        + " webhook_event WHERE payload <> ''"))
                .isEqualTo("evt-of-another ignored");
        assertThat(result.after().billingState()).isEqualTo(BillingState.CANCELLED);
        assertThat(scene.events.userOf(BillingScene.event(new InvoicePaid("sub_1"), "cus_bob", "bob")))
                .isEmpty();
        assertThat(findings()).isEmpty();
    }

    @Test
    void replaysNoEventThatIsEmpty() throws SQLException {
        scene.provisioned("bob", "free");
        store("evt-given-up", "{'client_reference_id' :'bob'}", "exhausted");
        anonymise("bob");
        Replays replays = new Replays(ledger.access);
        Deed deed = new Deed("admin:alice", "admin", "replay-webhooks", null);
        long id = ledger.database.count("SELECT id FROM webhook_event");

        assertThat(refusalOf(replays.one(id, deed, Optional.empty(), new Numbers())))
                .isEqualTo(Refusal.NO_SUCH_EVENT);
        assertThat(value(replays.since(
                        WITHIN.minusSeconds(9), List.of("exhausted"), deed, Optional.empty(), new Numbers())))
                .isZero();
    }

    @Test
    void makesWhoeverIsProvisionedUnderTheOldIdSomebodyNew() throws SQLException {
        Command provisioning = by("bob").onceAs(Optional.of(request("provision-bob", 1)));
        Provisioning.Wish free = new Provisioning.Wish("free", "bob@example.com", Optional.empty());
        value(scene.provisioning.provision(provisioning, free, new Ids()));
        String id = anonymise("bob").after().userId();
        ledger.now = WITHIN.plus(Duration.ofDays(2));

        value(scene.provisioning.provision(provisioning, free, new Ids()));

        assertThat(ledger.entries("bob")).containsExactly("credits PROVISION 1000");
        assertThat(ledger.entries(id)).containsExactly("credits PROVISION 1000", "credits SETTINGS 0");
        assertThat(findings()).isEmpty();
    }

    @Test
    void agreesWithWhateverElseHappensAtTheSameTime() throws Exception {
        ledger.now = DUE;
        Spending spending = new Spending(ledger.access);
        for (int i = 0; i < 40; i++) {
            String name = "racer-" + i;
            ledger.open(user(name).holding(300, 7));
            Stream<Callable<Object>> commands = Stream.of(
                    () -> spending.spend(order(name)),
                    () -> anonymisations.anonymise(by(name), new Ids()),
                    () -> scene.subscriptions.changePlan(by(name), "pro", new Ids()),
                    () -> new Overrides(ledger.access).reset(by(name), new Ids()));
            atOnce(commands);
        }

        assertThat(ledger.database.count("SELECT count(*) FROM subscriber WHERE user_id LIKE 'racer-%'"))
                .isZero();
        assertThat(ledger.database.count("SELECT count(*) FROM credit_account WHERE refresh_at IS NOT NULL"))
                .isZero();
        assertThat(findings()).isEmpty();
    }

    private Result anonymise(String userId) throws SQLException {
        Deed deed = new Deed("admin:alice", "admin", "anonymise", "asked for it");
        return value(anonymisations.anonymise(by(userId).noting(deed), new EntriesOnly()));
    }

    private List<Verification.Finding> findings() throws SQLException {
        try (Connection connection = ledger.database.superuser()) {
            return Verification.run(connection, ledger.now, Duration.ofHours(1), true)
                    .findings();
        }
    }

    private void store(String eventId, String payload, String state) {
        ledger.database.execute("INSERT INTO webhook_event (provider, event_id, type, occurred_at, received_at, state,"
                + " payload) VALUES ('stripe', '" + eventId + "', 't', '" + WITHIN + "', '" + WITHIN + "', '" + state
                + "', '" + payload.replace('\'', '"') + "')");
    }

    /** All that is kept, but for the ids of the provider's events. */
    @Test
    void takesTheIdOutOfJobsOnManyUsers() throws SQLException {
        ledger.open(user("bob"));
        ledger.open(user("carol"));
        BulkAtOnce bulk = new BulkAtOnce(
                ledger.access, ledger.database.as("credit_planner"), ledger.database.as("credit_worker"));
        bulk.run(BulkWish.refreshOf(List.of("bob", "carol")), new Cause("admin:alice", null), false);
        bulk.run(BulkWish.refreshWhere("pro", null, null), new Cause("admin:alice", null), false);

        anonymise("bob");

        assertThat(ledger.database.query("SELECT string_agg(wish::text, ' ' ORDER BY id) FROM bulk_job"))
                .isEqualTo("{\"userIds\": [\"carol\"]} {\"plan\": \"pro\"}");
        assertThat(ledger.database.count("SELECT count(*) FROM bulk_item")).isEqualTo(2);
    }

    /** Keeps a number as its digits. */
    private static final class Numbers implements Keeping<Integer> {

        @Override
        public String write(Integer answer) {
            return answer.toString();
        }

        @Override
        public Integer read(String kept) {
            return Integer.valueOf(kept);
        }
    }

    private String everyText() {
        return ledger.dump() + ledger.database.query("SELECT coalesce(string_agg(payload, ''), '') FROM webhook_event");
    }

    private static SpendOrder order(String userId) {
        return new SpendOrder(
                userId, Map.of(CreditKind.CREDITS, 1L), "service:shop", Map.of(), request("spend-" + userId, 1));
    }

    private static Refusal refusalOf(Outcome<?> outcome) {
        return ((Outcome.Refused<?>) outcome).refusal();
    }

    private static <T> List<T> atOnce(Stream<Callable<T>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<T> done = new ArrayList<>();
            for (Future<T> each : threads.invokeAll(work.toList())) {
                done.add(each.get());
            }
            return done;
        } finally {
            threads.shutdown();
        }
    }

    /** The id that a user has afterwards. */
    private static final class Ids implements Answers<String> {

        @Override
        public String of(Result result) {
            return result.after().userId();
        }

        @Override
        public String write(String answer) {
            return "{\"userId\":\"" + answer + "\"}";
        }

        @Override
        public String read(String kept) {
            return kept.substring("{\"userId\":\"".length(), kept.length() - 2);
        }
    }
}
