package io.creditrefresh.worker.health;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;

import io.creditrefresh.edge.token.TestTokens;
import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.run.WorkerState;
import io.creditrefresh.ledger.store.AccountFixture;
import io.creditrefresh.ledger.store.WorkerStateStore;
import io.creditrefresh.worker.RealParts;
import io.creditrefresh.worker.RefreshSwitch;
import io.creditrefresh.worker.SettableClock;
import io.creditrefresh.worker.trouble.WeatherException;
import io.creditrefresh.worker.trouble.WeatherShelter;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URL;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealParts.class)
@QuarkusTestResource(TestTokens.class)
class HeartbeatTest {

    private static final Instant ENDED = Instant.parse("2026-11-19T10:00:00Z");
    private static final AtomicInteger USERS = new AtomicInteger();

    @Inject
    Heartbeat heartbeat;

    @Inject
    DataSource database;

    @Inject
    WorkerStatus status;

    @Inject
    RefreshSwitch refreshing;

    @Inject
    ReportedBatches batches;

    @Inject
    WeatherShelter shelter;

    @Inject
    SettableClock clock;

    @TestHTTPResource(value = "/", management = true)
    URL management;

    @AfterEach
    void restore() {
        clock.set(SettableClock.NOON);
        RealParts.database.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON worker_state TO credit_worker");
        heartbeat.beat();
    }

    @Test
    void tellsHowTheWorkerIsInARowOfItsOwn() throws SQLException {
        long jobs = status.told("x").progress().jobs();
        clock.set(SettableClock.NOON.plusSeconds(5));
        batches.apply(List.of(due()));
        clock.set(SettableClock.NOON.plusSeconds(20));

        heartbeat.beat();

        assertThat(workers()).singleElement().satisfies(worker -> {
            assertThat(worker.workerId())
                    .matches(".+:" + ProcessHandle.current().pid());
            assertThat(worker.heartbeatAt()).isEqualTo(SettableClock.NOON.plusSeconds(20));
            assertThat(worker.breaker()).isEqualTo("closed");
            assertThat(worker.paused()).isFalse();
            assertThat(worker.progress().lastBatchAt()).isEqualTo(SettableClock.NOON.plusSeconds(5));
            assertThat(worker.progress().batchSince()).isNull();
            assertThat(worker.progress().jobs()).isEqualTo(jobs + 1);
        });
    }

    @Test
    void tellsSinceWhenABatchIsUnderWay() throws Exception {
        RefreshJob job = due();
        try (Connection other = RealParts.database.superuser()) {
            other.setAutoCommit(false);
            other.createStatement()
                    .execute("SELECT id FROM credit_account WHERE id = " + job.accountId() + " FOR UPDATE");
            CompletableFuture<?> batch = CompletableFuture.runAsync(() -> batches.apply(List.of(job)));
            await().until(() -> status.told("x").progress().batchSince() != null);

            heartbeat.beat();

            assertThat(workers().get(0).progress().batchSince()).isEqualTo(SettableClock.NOON);
            other.rollback();
            batch.get(30, TimeUnit.SECONDS);
        }
        heartbeat.beat();
        assertThat(workers().get(0).progress().batchSince()).isNull();
    }

    @Test
    void tellsThatTheBreakerIsOpen() {
        AtomicInteger calls = new AtomicInteger();
        shelter.runUntilDone(() -> {
            if (calls.incrementAndGet() <= 5) {
                throw new WeatherException("planted", new IllegalStateException("no database"));
            }
            heartbeat.beat();
            given().get(management + "health/ready")
                    .then()
                    .statusCode(503)
                    .body("checks.find { it.name == 'circuit breaker' }.data.state", equalTo("half_open"));
            assertThat(metrics()).contains("credit_refresh_breaker_open 1.0");
            return true;
        });

        assertThat(RealParts.database.query("SELECT breaker FROM worker_state")).isEqualTo("half_open");
        heartbeat.beat();
        assertThat(RealParts.database.query("SELECT breaker FROM worker_state")).isEqualTo("closed");
    }

    @Test
    void forgetsWorkersThatHaveToldNothingForADay() {
        RealParts.database.execute(
                "INSERT INTO worker_state (worker_id, started_at, heartbeat_at, jobs, refreshed,"
                        + " failed, paused, breaker) VALUES ('gone:1', '2026-11-01T00:00Z', '2026-11-19T11:59:59Z', 0, 0, 0,"
                        + " false, 'closed'), ('silent:1', '2026-11-01T00:00Z', '2026-11-19T12:00:00Z', 0, 0, 0, false, 'open')");

        heartbeat.beat();

        assertThat(RealParts.database.query(
                        "SELECT string_agg(worker_id, ',') FROM worker_state WHERE worker_id LIKE '%:1'"))
                .isEqualTo("silent:1");
        RealParts.database.execute("DELETE FROM worker_state WHERE worker_id = 'silent:1'");
    }

    @Test
    void disturbsNothingWhenItFails() throws SQLException {
        RealParts.database.execute("REVOKE ALL ON worker_state FROM credit_worker");

        heartbeat.beat();
        heartbeat.beat();

        assertThat(batches.apply(List.of(due())).total().refreshed()).isEqualTo(1);
        given().get(management + "health/ready").then().statusCode(200);
        given().get(management + "health/live").then().statusCode(200);
    }

    @Test
    void tellsOfAPauseThoughNothingComesFromKafka() {
        RealParts.database.execute(
                "INSERT INTO control (subject, actor, since) VALUES ('refreshing', 'admin:alice', now())");

        heartbeat.beat();

        assertThat(RealParts.database.count("SELECT count(*) FROM worker_state WHERE paused"))
                .isEqualTo(1);
        assertThat(given().get(management + "metrics").asString()).contains("credit_refresh_paused 1.0");
        RealParts.database.execute("DELETE FROM control");
    }

    @Test
    void takesItsRowAwayWhenTheWorkerStops() {
        Heartbeat stopping = new Heartbeat(database, status, refreshing);
        stopping.beat();

        stopping.stop(new ShutdownEvent());
        stopping.beat();

        assertThat(RealParts.database.count("SELECT count(*) FROM worker_state"))
                .isZero();
    }

    @Test
    void tellsProgressInHealthAndMetrics() throws SQLException {
        batches.apply(List.of(due()));

        given().get(management + "health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'circuit breaker' }.data.state", equalTo("closed"))
                .body("checks.find { it.name == 'refreshing' }.data.paused", is(false))
                .body("checks.find { it.name == 'refreshing' }.data.refreshed", greaterThanOrEqualTo(1))
                .body("checks.find { it.name == 'refreshing' }.data.lastBatchAt", equalTo("2026-11-20T12:00:00Z"));
        assertThat(metrics())
                .contains("credit_refresh_paused 0.0", "credit_refresh_breaker_open 0.0")
                .containsPattern("(?m)^credit_refresh_progress_age_seconds \\d");
    }

    private static List<WorkerState> workers() throws SQLException {
        try (Connection admin = RealParts.database.superuser()) {
            return WorkerStateStore.newest(admin, 10);
        }
    }

    private String metrics() {
        return given().get(management + "metrics").asString();
    }

    private static RefreshJob due() throws SQLException {
        try (Connection admin = RealParts.database.superuser()) {
            long id = AccountFixture.user("beat-" + USERS.incrementAndGet()).insert(admin);
            return new RefreshJob(id, ENDED, 0);
        }
    }
}
