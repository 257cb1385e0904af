package io.creditrefresh.api.verification;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.creditrefresh.api.Problems;
import io.creditrefresh.api.RealPostgres;
import io.creditrefresh.api.TestLedger;
import io.creditrefresh.api.Writing;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.edge.token.TestTokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class VerificationTest {

    private static final Instant TOMORROW = Instant.parse("2026-11-21T10:00:00Z");

    @Inject
    MeterRegistry metrics;

    @Inject
    VerificationSchedule schedule;

    @Inject
    VerificationRunner runner;

    @Inject
    VerificationSettings settings;

    @Test
    void findsWhatIsOwedAndShowsItPageByPage() {
        for (int i = 0; i < 3; i++) {
            TestLedger.insert(user("verify-owed-" + i).plan("pro").holding(5, 0).periodEnd(TOMORROW));
        }
        String before =
                TestLedger.query("SELECT md5(string_agg(a.xmin || a::text, '|' ORDER BY id)) FROM credit_account a");

        post(TestTokens.support())
                .statusCode(200)
                .body("run.cause", equalTo("request"))
                .body("run.finishedAt", equalTo("2026-11-20T12:00:00Z"))
                .body("run.foundByType.type", hasItem("balance_is_the_sum_of_entries"));

        assertThat(TestLedger.query("SELECT md5(string_agg(a.xmin || a::text, '|' ORDER BY id)) FROM credit_account a"))
                .isEqualTo(before);
        assertThat(detailsOf("verify-owed-"))
                .containsExactly(
                        "verify-owed-0: plan pro gives 20000, granted 5",
                        "verify-owed-1: plan pro gives 20000, granted 5",
                        "verify-owed-2: plan pro gives 20000, granted 5");
        var first = get("?limit=2")
                .statusCode(200)
                .body("data", hasSize(2))
                .body("hasMore", is(true))
                .extract();
        get("?limit=2&cursor=" + first.path("nextCursor")).statusCode(200);
        assertThat(metrics.get("credit.verification.findings")
                        .tag("type", "owed")
                        .gauge()
                        .value())
                .isGreaterThanOrEqualTo(3);
        assertThat(metrics.get("credit.verification.last.run").gauge().value())
                .isEqualTo(Instant.parse("2026-11-20T12:00:00Z").getEpochSecond());
    }

    @Test
    void grantsWhatAFindingSaysIsOwedOnceAndTellsBefore() {
        TestLedger.insert(user("verify-grant").plan("pro").holding(5, 0).periodEnd(TOMORROW));
        Writing admin = Writing.as(TestTokens.admin());
        String path = "/api/admin/credits/verification/grant";

        var told = admin.post(path, "{'userId': 'verify-grant', 'dryRun': true}")
                .statusCode(200)
                .body("entries[0].type", equalTo("SYNC"))
                .body("entries[0].amount", is(19_995))
                .extract()
                .jsonPath()
                .getList("entries");
        assertThat(balance("verify-grant")).isEqualTo("5");
        var done = admin.under("grant-1")
                .post(path, "{'userId': 'verify-grant', 'reason': 'as found'}")
                .statusCode(200)
                .extract()
                .asString();

        assertThat(told).isEqualTo(JsonPath.from(done).getList("entries"));
        assertThat(admin.under("grant-1")
                        .post(path, "{'userId': 'verify-grant', 'reason': 'as found'}")
                        .extract()
                        .asString())
                .isEqualTo(done);
        admin.post(path, "{'userId': 'verify-grant'}").statusCode(200).body("entries", hasSize(0));
        assertThat(balance("verify-grant")).isEqualTo("20000");
        assertThat(TestLedger.query("SELECT row(actor, reason) FROM audit_entry WHERE action = 'grant-owed' LIMIT 1"))
                .isEqualTo("(admin:somebody,\"as found\")");
    }

    private static String balance(String userId) {
        return TestLedger.query("SELECT allowance + bonus FROM credit_account a JOIN subscriber s"
                + " ON s.id = a.subscriber_id WHERE user_id = '" + userId + "'");
    }

    @Test
    void refusesToGoOnWithThePagesOfAnEarlierVerification() {
        TestLedger.insert(user("verify-cursor-1").plan("pro").holding(5, 0).periodEnd(TOMORROW));
        TestLedger.insert(user("verify-cursor-2").plan("pro").holding(5, 0).periodEnd(TOMORROW));
        post(TestTokens.admin()).statusCode(200);
        String cursor = get("?limit=1").extract().path("nextCursor");

        post(TestTokens.admin()).statusCode(200);

        Problems.assertProblem(get("?cursor=" + cursor).extract().response(), ProblemCode.INVALID_CURSOR);
        Problems.assertProblem(get("?cursor=x").extract().response(), ProblemCode.INVALID_CURSOR);
        Problems.assertProblem(get("?limit=0").extract().response(), ProblemCode.INVALID_REQUEST);
    }

    @Test
    void runsOnceAmongAllInstances() throws SQLException {
        String runs = "SELECT count(*) FROM verification_run";
        String before = TestLedger.query(runs);
        try (Connection other = TestLedger.connection();
                var lock = other.createStatement()) {
            lock.execute("SELECT pg_advisory_lock(7720002)");

            Problems.assertProblem(post(TestTokens.support()).extract().response(), ProblemCode.VERIFICATION_RUNNING);
            schedule.look();
        }

        assertThat(TestLedger.query(runs)).isEqualTo(before);
    }

    @Test
    void runsAtTheStartAndThenEverySixHoursOnceAmongAllInstances() throws Exception {
        TestLedger.execute("DELETE FROM verification_run");
        List<Callable<Void>> instances = Stream.generate(
                        () -> new VerificationSchedule(runner, settings, new SimpleMeterRegistry()))
                .limit(4)
                .map(instance -> (Callable<Void>) () -> {
                    instance.look();
                    return null;
                })
                .toList();

        lookAtOnce(instances);
        assertThat(causes()).isEqualTo("start");
        TestLedger.execute("UPDATE verification_run SET started_at = '2026-11-20T06:00:01Z'");
        lookAtOnce(instances);
        assertThat(causes()).isEqualTo("start");
        TestLedger.execute("UPDATE verification_run SET started_at = '2026-11-20T06:00:00Z'");
        lookAtOnce(instances);
        assertThat(causes()).isEqualTo("start schedule");
    }

    @Test
    void runsAtAStartThatIsNotOneOfSeveral() {
        TestLedger.execute("UPDATE verification_run SET started_at = '2026-11-20T11:50:00Z'");
        String before = TestLedger.query("SELECT count(*) FROM verification_run WHERE cause = 'start'");

        new VerificationSchedule(runner, settings, new SimpleMeterRegistry()).look();

        assertThat(TestLedger.query("SELECT count(*) - " + before + " FROM verification_run WHERE cause = 'start'"))
                .isEqualTo("1");
    }

    @Test
    void showsWhatWasFoundWhileAnotherOneGoesOn() throws SQLException {
        TestLedger.insert(user("verify-shown").plan("pro").holding(5, 0).periodEnd(TOMORROW));
        post(TestTokens.admin()).statusCode(200);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        VerificationSchedule restarted = new VerificationSchedule(runner, settings, registry);
        assertThat(owed(registry)).isNaN();
        try (Connection other = TestLedger.connection();
                var lock = other.createStatement()) {
            lock.execute("SELECT pg_advisory_lock(7720002)");

            restarted.look();
        }

        assertThat(owed(registry)).isPositive();
    }

    private static double owed(MeterRegistry registry) {
        return registry.get("credit.verification.findings")
                .tag("type", "owed")
                .gauge()
                .value();
    }

    private static void lookAtOnce(List<Callable<Void>> instances) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(instances.size());
        try {
            for (Future<Void> look : threads.invokeAll(instances)) {
                look.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static String causes() {
        return TestLedger.query("SELECT string_agg(cause, ' ' ORDER BY id) FROM verification_run");
    }

    @Test
    void isForSupportAndAdmins() {
        for (String token : new String[] {TestTokens.user("x"), TestTokens.service()}) {
            post(token).statusCode(403);
        }
        get("").statusCode(200);
    }

    /** What was found of users whose ids begin like this, of all pages: other tests leave findings of their own. */
    private static List<String> detailsOf(String userIdPrefix) {
        List<String> details = new ArrayList<>();
        String query = "?limit=200";
        while (!query.isEmpty()) {
            JsonPath page = get(query).statusCode(200).extract().jsonPath();
            for (Map<String, String> finding : page.<Map<String, String>>getList("data")) {
                if (String.valueOf(finding.get("userId")).startsWith(userIdPrefix)) {
                    details.add(finding.get("userId") + ": " + finding.get("detail"));
                }
            }
            query = page.getBoolean("hasMore") ? "?limit=200&cursor=" + page.getString("nextCursor") : "";
        }
        return details;
    }

    private static ValidatableResponse get(String query) {
        return given().header("Authorization", "Bearer " + TestTokens.support())
                .get("/api/admin/credits/verification" + query)
                .then();
    }

    private static ValidatableResponse post(String token) {
        return given().header("Authorization", "Bearer " + token)
                .post("/api/admin/credits/verification")
                .then();
    }
}
