package io.creditrefresh.planner.tick;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.message.UnreadableJobException;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.creditrefresh.ledger.store.AccountFixture;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlannerServers.class)
@TestProfile(DryRunTest.Dry.class)
class DryRunTest {

    private static final Instant THIS_MINUTE = Instant.parse("2026-11-20T12:00:00Z");

    @Inject
    PlannerLoop loop;

    @Inject
    SettableClock clock;

    @Inject
    DataSource dataSource;

    @Inject
    LoopProgress progress;

    @Inject
    RefreshSettings settings;

    @BeforeEach
    void begin() {
        PlannerServers.forgetEverything();
        clock.set(THIS_MINUTE);
    }

    @Test
    void sendsNothingAndWritesNothing() throws SQLException, UnreadableJobException {
        long failed = PlannerServers.insert(THIS_MINUTE);
        PlannerServers.fail(failed, THIS_MINUTE, 2, THIS_MINUTE);
        try (JobTopic topic = JobTopic.open(PlannerServers.kafka.bootstrapServers())) {
            assertThat(loop.runOnce()).isEqualTo(TickReport.NOTHING);
            clock.advance(Duration.ofHours(2));
            assertThat(loop.runOnce()).isEqualTo(TickReport.NOTHING);

            assertThat(topic.newJobs()).isEmpty();
        }
        assertThat(PlannerServers.database.count(
                        "SELECT (SELECT count(*) FROM planner_position) + (SELECT count(*) FROM refresh_run)"))
                .isZero();
    }

    @Test
    void countsEachAccountOnceWithTheRules() throws SQLException {
        DryRun dryRun = new DryRun(dataSource, progress, settings);
        try (Connection admin = PlannerServers.database.superuser()) {
            account("dry-pro").plan("pro").insert(admin);
            account("dry-custom").customAllowance(77).insert(admin);
            account("dry-held").onHold().insert(admin);
        }
        PlannerServers.insert(THIS_MINUTE.minusSeconds(60), 5);

        assertThat(dryRun.count(THIS_MINUTE)).isEqualTo(new DryRun.Count(7, 20_000 + 77 + 5 * 1_000, 0));
        assertThat(dryRun.count(THIS_MINUTE)).isEqualTo(DryRun.Count.NONE);
        PlannerServers.insert(THIS_MINUTE.plusSeconds(60));
        assertThat(dryRun.count(THIS_MINUTE.plusSeconds(60))).isEqualTo(new DryRun.Count(1, 1_000, 0));
    }

    @Test
    void countsAnAccountThatTheRulesRefuseAsFailed() throws SQLException {
        PlannerServers.database.execute("INSERT INTO plan (code) VALUES ('nothing') ON CONFLICT DO NOTHING");
        try (Connection admin = PlannerServers.database.superuser()) {
            account("dry-unknown").plan("nothing").insert(admin);
        }
        PlannerServers.insert(THIS_MINUTE);

        assertThat(new DryRun(dataSource, progress, settings).count(THIS_MINUTE))
                .isEqualTo(new DryRun.Count(1, 1_000, 1));
    }

    private static AccountFixture account(String userId) {
        return AccountFixture.user(userId).periodEnd(THIS_MINUTE).refreshAt(THIS_MINUTE);
    }

    public static final class Dry implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("credit.refresh.dry-run", "true");
        }
    }
}
