package io.creditrefresh.planner.command;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.audit.LedgerAudit;
import io.creditrefresh.ledger.rollout.Rollout;
import io.creditrefresh.ledger.rollout.View;
import io.creditrefresh.ledger.store.AccountFixture;
import io.creditrefresh.ledger.store.LedgerDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackfillCommandTest {

    private static final Instant OPENED = Instant.parse("2026-11-20T08:00:00Z");
    private static final Instant TOMORROW = Instant.parse("2026-11-21T10:00:00Z");

    private final LedgerDatabase database = LedgerDatabase.create();

    @Test
    void opensOnlyWhatIsMissing() throws SQLException {
        open(user("alice").periodEnd(TOMORROW));
        rolloutBegins();
        database.execute("INSERT INTO credit_account (subscriber_id, kind, plan, allowance, bonus, granted_this_period,"
                + " period_start, period_end, refresh_at, phase, version) SELECT subscriber_id, 'analysis', plan, 7, 0, 100,"
                + " period_start, period_end, refresh_at, phase, 1 FROM credit_account");

        Ran first = run("backfill-v2");
        Ran second = run("backfill-v2");

        assertThat(first.out().lines()).first().asString().startsWith("Opened roast for alice: ");
        assertThat(first.lastLine()).startsWith("Opened 1 accounts for 1 users;");
        assertThat(second.exitCode()).isZero();
        assertThat(second.out().lines()).singleElement().asString().startsWith("Opened 0 accounts for 0 users;");
        assertThat(database.query("SELECT allowance FROM credit_account WHERE kind = 'analysis'"))
                .isEqualTo("7");
    }

    @Test
    void printsTheFirstRowsAndTheCountsOfAll() throws SQLException {
        open(user("alice").plan("pro").holding(20_000, 11_250).periodEnd(TOMORROW));
        open(user("bob").onHold().periodEnd(TOMORROW));
        for (int i = 0; i < 7; i++) {
            open(user("user-" + i).periodEnd(TOMORROW));
        }
        rolloutBegins();

        Ran ran = run("backfill-v2");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out().lines())
                .hasSize(12)
                .startsWith(
                        "Opened analysis for alice: plan pro, allowance 5000, period 2026-10-22T10:00:00Z to"
                                + " 2026-11-21T10:00:00Z, refresh_at 2026-11-22T08:47:00Z",
                        "Opened roast for alice: plan pro, allowance 500, period 2026-10-22T10:00:00Z to"
                                + " 2026-11-21T10:00:00Z, refresh_at 2026-11-22T08:47:00Z",
                        "Opened analysis for bob: plan free, allowance 100, period 2026-10-22T10:00:00Z to"
                                + " 2026-11-21T10:00:00Z, refresh_at none")
                .endsWith(
                        "Up to subscriber 9: 18 accounts for 9 users",
                        "Opened 18 accounts for 9 users; first refreshed: 0 due accounts; not opened: 0 users;"
                                + " left out: 0 anonymised, 0 without an account of credits, 0 beyond 100 %");
        assertThat(database.query("SELECT DISTINCT actor FROM ledger_entry WHERE type = 'PROVISION'"))
                .isEqualTo("operator:backfill-v2");
        assertAuditIsEmpty();
    }

    @Test
    void tellsInADryRunTheVeryRowsThatItThenWrites() throws SQLException {
        open(user("due").plan("starter"));
        open(user("held").onHold().periodEnd(TOMORROW));
        open(user("day").refreshDay(31).periodEnd(Instant.parse("2026-11-30T00:00:00Z")));
        open(user("gone").plan("pro").billingState("cancelled").periodEnd(TOMORROW));
        rolloutBegins();
        String before = everything();

        Ran dry = run("backfill-v2", "--dry-run");
        String afterwards = everything();
        Ran real = run("backfill-v2");

        assertThat(afterwards).isEqualTo(before);
        assertThat(dry.out().lines())
                .hasSize(10)
                .contains("Would open analysis for due: plan starter, allowance 1000, period 2026-11-19T10:00:00Z to"
                        + " 2026-12-19T10:00:00Z, refresh_at " + refreshAt("due"))
                .contains("Would open roast for gone: plan pro, allowance 10, period 2026-10-22T10:00:00Z to"
                        + " 2026-11-21T10:00:00Z, refresh_at " + refreshAt("gone"));
        assertThat(dry.out().replace("Would open", "Opened").replace("; nothing was written", ""))
                .isEqualTo(real.out());
        assertThat(real.lastLine()).startsWith("Opened 8 accounts for 4 users; first refreshed: 1 due accounts;");
        assertThat(real.out().lines().filter(line -> line.contains(" for ")).count())
                .isEqualTo(10);
        assertAuditIsEmpty();
    }

    @Test
    void onlyAddsWhenThePercentageGrows() throws SQLException {
        for (int i = 0; i < 300; i++) {
            open(user("user-" + i).periodEnd(TOMORROW));
        }
        rolloutBegins();

        run("backfill-v2", "--percentage", "10");
        String ten = inV2();
        String accounts = accounts();
        Ran ran = run("backfill-v2", "--percentage", "30");

        assertThat(ten).isEqualTo(letInAt(10));
        assertThat(inV2()).isEqualTo(letInAt(30));
        int added = letInAt(30).split(",").length - ten.split(",").length;
        assertThat(ran.lastLine())
                .startsWith("Opened %d accounts for %d users;".formatted(2 * added, added))
                .endsWith(" %d beyond 30 %%".formatted(300 - letInAt(30).split(",").length));
        assertThat(accounts()).contains(accounts.split(","));
        assertAuditIsEmpty();
    }

    @Test
    void leavesOutWhoIsAnonymisedOrHasNoCredits() throws SQLException {
        open(user("alice").periodEnd(TOMORROW));
        open(user("anonymised-" + UUID.randomUUID()).onHold().billingState("cancelled"));
        database.execute("INSERT INTO subscriber (user_id, plan_code, created_at) VALUES ('bare', 'free', now())");
        rolloutBegins();

        Ran ran = run("backfill-v2");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out().lines()).contains("Up to subscriber 3: 2 accounts for 1 users");
        assertThat(ran.lastLine()).endsWith("left out: 1 anonymised, 1 without an account of credits, 0 beyond 100 %");
        assertThat(inV2()).isEqualTo("alice");
    }

    @Test
    void goesOnBehindAUserWhoseAccountsCannotBeOpened() throws SQLException {
        open(user("alice").periodEnd(TOMORROW));
        database.execute("INSERT INTO plan (code) VALUES ('team')");
        open(user("bob").plan("team").periodEnd(TOMORROW));
        open(user("carol").periodEnd(TOMORROW));
        open(user("dora").periodEnd(TOMORROW));
        database.execute(
                "ALTER TABLE credit_account ADD CONSTRAINT not_carol CHECK (subscriber_id <> 3 OR kind = 'credits')");
        rolloutBegins();

        Ran ran = run("backfill-v2");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err().lines())
                .hasSize(2)
                .startsWith("Not opened: bob: the catalogue has no allowance of kind analysis for plan team")
                .last()
                .asString()
                .startsWith("Not opened: carol: ERROR: new row for relation \"credit_account\" violates")
                .contains("not_carol");
        assertThat(ran.lastLine()).startsWith("Opened 4 accounts for 2 users;").contains("; not opened: 2 users;");
        assertThat(inV2()).isEqualTo("alice,dora");
        assertAuditIsEmpty();
    }

    @Test
    void saysHowFarItWasWhenTheDatabaseGoesAwayAndGoesOnWhenRunAgain() throws SQLException {
        for (int i = 0; i < 5; i++) {
            open(user("user-" + i).periodEnd(TOMORROW));
        }
        rolloutBegins();
        database.execute("""
                CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM pg_terminate_backend(pg_backend_pid());
                    RETURN NEW;
                END
                $$;
                CREATE TRIGGER cut BEFORE INSERT ON credit_account
                    FOR EACH ROW WHEN (NEW.subscriber_id = 3 AND NEW.kind = 'roast') EXECUTE FUNCTION cut()
                """);

        Ran cut = run("backfill-v2");
        String inAtTheCut = inV2();
        database.execute("DROP TRIGGER cut ON credit_account");
        Ran again = run("backfill-v2");

        assertThat(cut.exitCode()).isEqualTo(2);
        assertThat(cut.err().lines()).singleElement().satisfies(line -> assertThat(line)
                .startsWith("stopped behind subscriber 0, 4 accounts for 2 users so far: terminating connection")
                .endsWith("What is opened stays; the same command again goes on."));
        assertThat(inAtTheCut).isEqualTo("user-0,user-1");
        assertThat(again.lastLine()).startsWith("Opened 6 accounts for 3 users;");
        assertThat(database.count("SELECT count(*) FROM ledger_entry WHERE type = 'PROVISION'"))
                .isEqualTo(10);
        assertAuditIsEmpty();
    }

    @Test
    void refusesBeforeTheRolloutHasBegun() throws SQLException {
        open(user("alice").periodEnd(TOMORROW));

        Ran ran = run("backfill-v2");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err().lines()).singleElement().asString().startsWith("the rollout of Credits v2 has not begun");
        assertThat(database.count("SELECT count(*) FROM credit_account")).isEqualTo(1);
    }

    @Test
    void worksWhenTheRolloutIsClosed() throws SQLException {
        open(user("alice").periodEnd(TOMORROW));
        rolloutBegins();
        database.execute("UPDATE rollout SET global = true, closed_at = opened_at + interval '1 hour'");

        assertThat(run("backfill-v2").exitCode()).isZero();
        assertThat(inV2()).isEqualTo("alice");
    }

    @Test
    void refusesAPercentageThatIsNone() {
        Ran ran = run("backfill-v2", "--percentage", "0");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err().strip()).isEqualTo("--percentage: \"0\" is not allowed; allowed: 1 to 100");
    }

    private Ran run(String... arguments) {
        return Ran.command(ImportScene.settings(database.url(), null), arguments);
    }

    private void open(AccountFixture account) throws SQLException {
        try (Connection connection = database.superuser()) {
            account.insert(connection);
        }
    }

    private void rolloutBegins() {
        database.execute("UPDATE rollout SET opened_at = '" + OPENED + "'");
    }

    /** Users who have both accounts of Credits v2. */
    private String inV2() {
        return database.query("SELECT string_agg(user_id, ',' ORDER BY id) FROM subscriber s WHERE 2 ="
                + " (SELECT count(*) FROM credit_account WHERE subscriber_id = s.id AND kind <> 'credits')");
    }

    /** Whom a rollout of this percentage lets in. */
    private static String letInAt(int percentage) {
        Rollout rollout = new Rollout(1, null, null, percentage, null, OPENED, null, Map.of());
        List<String> users = IntStream.range(0, 300)
                .mapToObj(i -> "user-" + i)
                .filter(userId -> rollout.viewOf(userId, null, OPENED) == View.V2)
                .toList();
        return String.join(",", users);
    }

    private String accounts() {
        return database.query("SELECT string_agg(id || ' ' || xmin, ',' ORDER BY id) FROM credit_account");
    }

    private String refreshAt(String userId) {
        return database.query(
                "SELECT to_char(refresh_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') FROM credit_account a"
                        + " JOIN subscriber s ON s.id = a.subscriber_id WHERE kind = 'credits' AND user_id = '" + userId
                        + "'");
    }

    private String everything() {
        return database.query("SELECT md5((SELECT string_agg(a.xmin || a::text, '|' ORDER BY id) FROM credit_account a)"
                + " || (SELECT string_agg(e::text, '|' ORDER BY account_id, seq) FROM ledger_entry e))");
    }

    private void assertAuditIsEmpty() throws SQLException {
        try (Connection connection = database.superuser()) {
            assertThat(LedgerAudit.findings(connection)).isEmpty();
        }
    }
}
