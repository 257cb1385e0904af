package io.creditrefresh.planner.task;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import io.creditrefresh.edge.token.TestTokens;
import io.creditrefresh.planner.tick.JobTopic;
import io.creditrefresh.planner.tick.PlannerLoop;
import io.creditrefresh.planner.tick.PlannerServers;
import io.creditrefresh.planner.tick.SettableClock;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PlannerServers.class)
@QuarkusTestResource(TestTokens.class)
class QueueResourceTest {

    private static final String QUEUE = "/api/scheduled-tasks/credit-refresh-queue";
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @Inject
    PlannerLoop loop;

    @Inject
    SettableClock clock;

    private JobTopic topic;

    @BeforeEach
    void begin() {
        PlannerServers.forgetEverything();
        topic = JobTopic.open(PlannerServers.kafka.bootstrapServers());
        clock.set(NOON);
    }

    @AfterEach
    void restore() {
        PlannerServers.kafka.start();
        topic.close();
        loop.runOnce();
    }

    @Test
    void isTriggeredByTheNamedServiceAccountOfTheCluster() {
        as(TestTokens.serviceAccount(TestTokens.SERVICE_ACCOUNT))
                .post(QUEUE)
                .then()
                .statusCode(200);

        as(TestTokens.serviceAccount("credit-refresh:default"))
                .post(QUEUE)
                .then()
                .statusCode(401);
    }

    @Test
    void opensTheRunAndEmitsWhatIsDueOnce() throws Exception {
        var due = PlannerServers.insert(NOON.minusSeconds(60), 8);

        as(TestTokens.service())
                .post(QUEUE)
                .then()
                .statusCode(200)
                .body("runDate", equalTo("2026-11-20"))
                .body("emittedJobs", is(8))
                .body("dueJobs", is(8))
                .body("hasMore", is(false))
                .body("refreshPaused", is(false))
                .body("startTime", equalTo("2026-11-20T12:00:00Z"));
        as(TestTokens.admin()).post(QUEUE).then().statusCode(200).body("emittedJobs", is(0));

        assertThat(topic.newAccounts()).containsExactlyInAnyOrderElementsOf(due);
        assertThat(PlannerServers.database.query("SELECT planned FROM refresh_run WHERE run_date = '2026-11-20'"))
                .isEqualTo("8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"createJobs\": true}", " \n"})
    void takesTheBodyOfAnyScheduler(String body) {
        as(TestTokens.service())
                .contentType(ContentType.URLENC)
                .body(body)
                .post(QUEUE)
                .then()
                .statusCode(200);
        as(TestTokens.service())
                .contentType(ContentType.JSON)
                .body(body)
                .post(QUEUE)
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"createJobs\": false}", "{\"createJob\": true}", "[]", "null", "{", "\u0000", "{} {}"})
    void refusesABodyThatAsksForSomethingElse(String body) {
        as(TestTokens.service())
                .contentType(ContentType.JSON)
                .body(body)
                .post(QUEUE)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid_request"));
    }

    @Test
    void isForServicesAndAdmins() {
        given().post(QUEUE).then().statusCode(401).body("code", equalTo("unauthenticated"));
        as(TestTokens.user("alice")).post(QUEUE).then().statusCode(403).body("code", equalTo("forbidden"));
        as(TestTokens.support()).post(QUEUE).then().statusCode(403);
    }

    @Test
    void saysThatKafkaIsAway() throws Exception {
        loop.runOnce();
        PlannerServers.insert(NOON.plusSeconds(60));
        clock.set(NOON.plusSeconds(60));
        PlannerServers.kafka.stop();

        as(TestTokens.service())
                .post(QUEUE)
                .then()
                .statusCode(503)
                .body("code", equalTo("unavailable"))
                .body("detail", equalTo("Kafka is away; the planner tries again by itself"));
    }

    private static RequestSpecification as(String token) {
        return given().header("Authorization", "Bearer " + token);
    }
}
