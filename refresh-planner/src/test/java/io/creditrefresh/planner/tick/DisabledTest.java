package io.creditrefresh.planner.tick;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.message.UnreadableJobException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlannerServers.class)
@TestProfile(DisabledTest.Disabled.class)
class DisabledTest {

    private static final Instant THIS_MINUTE = Instant.parse("2026-11-20T12:00:00Z");

    @Inject
    PlannerLoop loop;

    @Inject
    SettableClock clock;

    @Test
    void emitsNothingAndWritesNothing() throws SQLException, UnreadableJobException {
        clock.set(THIS_MINUTE);
        PlannerServers.fail(PlannerServers.insert(THIS_MINUTE), THIS_MINUTE, 2, THIS_MINUTE);
        try (JobTopic topic = JobTopic.open(PlannerServers.kafka.bootstrapServers())) {
            assertThat(loop.runOnce()).isEqualTo(TickReport.NOTHING);

            assertThat(topic.newJobs()).isEmpty();
        }
        assertThat(PlannerServers.database.count(
                        "SELECT (SELECT count(*) FROM planner_position) + (SELECT count(*) FROM refresh_run)"))
                .isZero();
    }

    public static final class Disabled implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("credit.refresh.enabled", "false");
        }
    }
}
