package io.creditrefresh.planner.tick;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.bulk.BulkJob;
import io.creditrefresh.ledger.bulk.BulkState;
import io.creditrefresh.ledger.bulk.BulkWish;
import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.movement.Cause;
import io.creditrefresh.ledger.store.BulkJobStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlannerServers.class)
class BulkEmissionTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant LATER = Instant.parse("2026-12-01T12:00:00Z");

    @Inject
    PlannerLoop loop;

    @Inject
    SettableClock clock;

    private JobTopic topic;

    @BeforeEach
    void open() {
        PlannerServers.forgetEverything();
        PlannerServers.database.execute("TRUNCATE bulk_job CASCADE");
        clock.set(NOW);
        topic = JobTopic.open(PlannerServers.kafka.bootstrapServers());
    }

    @AfterEach
    void close() {
        topic.close();
        PlannerServers.database.execute("TRUNCATE bulk_job, control CASCADE");
    }

    @Test
    void emitsEveryAccountOfAFilterOnceAndEndsTheJobWhenAllAreDone() throws Exception {
        List<Long> accounts = PlannerServers.insert(LATER, 8);
        BulkJob job = begin(BulkWish.refreshWhere(null, null, null));

        assertThat(loop.runOnce().bulk()).isEqualTo(8);
        assertThat(loop.runOnce().bulk()).isZero();

        List<RefreshJob> sent = topic.newJobs();
        assertThat(sent).extracting(RefreshJob::accountId).containsExactlyInAnyOrderElementsOf(accounts);
        assertThat(sent).allMatch(each -> each.bulkJob() == job.id());
        assertThat(find(job).state()).isEqualTo(BulkState.RUNNING);
        PlannerServers.database.execute("UPDATE bulk_item SET state = 'unchanged'");
        loop.runOnce();
        assertThat(find(job).state()).isEqualTo(BulkState.DONE);
    }

    @Test
    void emitsAgainAfterAGraceTimeWhatIsStillOpen() throws Exception {
        PlannerServers.insert(LATER, 2);
        begin(BulkWish.refreshWhere(null, null, null));
        loop.runOnce();
        PlannerServers.database.execute(
                "UPDATE bulk_item SET state = 'held' WHERE account_id = (SELECT min(account_id) FROM bulk_item)");

        clock.set(NOW.plus(Duration.ofMinutes(11)));

        assertThat(loop.runOnce().bulk()).isEqualTo(1);
    }

    @Test
    void goesOnDuringAPauseAndEmitsNothingElse() throws Exception {
        long due = PlannerServers.insert(NOW);
        long asked = PlannerServers.insert(LATER);
        PlannerServers.database.execute(
                "INSERT INTO control (subject, actor, since) VALUES ('refreshing', 'me', now())");
        begin(BulkWish.refreshOf(List.of(userOf(asked))));

        assertThat(loop.runOnce()).isEqualTo(TickReport.NOTHING.with(new Emission(1, Emission.End.DONE)));

        assertThat(topic.newAccounts()).containsExactly(asked);
        PlannerServers.database.execute("DELETE FROM control");
        assertThat(loop.runOnce().due()).isEqualTo(1);
        assertThat(topic.newAccounts()).containsExactly(due);
    }

    @Test
    void emitsNothingOfACancelledJob() throws Exception {
        PlannerServers.insert(LATER, 2);
        BulkJob job = begin(BulkWish.refreshWhere(null, null, null));
        try (Connection api = PlannerServers.database.as("credit_api").getConnection()) {
            assertThat(BulkJobStore.cancel(api, job.id(), NOW)).isTrue();
        }

        assertThat(loop.runOnce().bulk()).isZero();
    }

    private static BulkJob begin(BulkWish wish) throws SQLException {
        try (Connection api = PlannerServers.database.as("credit_api").getConnection()) {
            return BulkJobStore.create(api, wish, false, new Cause("admin:alice", null), NOW);
        }
    }

    private static BulkJob find(BulkJob job) throws SQLException {
        try (Connection api = PlannerServers.database.as("credit_api").getConnection()) {
            return BulkJobStore.find(api, job.id()).orElseThrow();
        }
    }

    private static String userOf(long accountId) {
        return PlannerServers.database.query("SELECT s.user_id FROM subscriber s JOIN credit_account a"
                + " ON a.subscriber_id = s.id WHERE a.id = " + accountId);
    }
}
