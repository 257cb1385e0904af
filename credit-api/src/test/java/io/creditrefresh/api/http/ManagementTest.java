package io.creditrefresh.api.http;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.agroal.api.AgroalDataSource;
import io.creditrefresh.api.Operations;
import io.creditrefresh.api.Problems;
import io.creditrefresh.api.RawRequest;
import io.creditrefresh.api.RealPostgres;
import io.creditrefresh.api.TestLedger;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.edge.token.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URL;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class ManagementTest {

    @TestHTTPResource
    URL server;

    @TestHTTPResource(value = "/health/live", management = true)
    URL live;

    @TestHTTPResource(value = "/health/ready", management = true)
    URL ready;

    @TestHTTPResource(value = "/metrics", management = true)
    URL metrics;

    @Inject
    AgroalDataSource database;

    @AfterEach
    void bringTheDatabaseBack() {
        TestLedger.allowConnections(true);
        database.flush(AgroalDataSource.FlushMode.ALL);
    }

    @Test
    void isAliveAndReady() {
        given().get(live).then().statusCode(200).body("status", equalTo("UP"));
        given().get(ready).then().statusCode(200).body("status", equalTo("UP"));
    }

    @Test
    void isAliveButNotReadyWithoutItsSchema() {
        TestLedger.execute("ALTER TABLE plan_allowance RENAME TO plan_allowance_gone");
        try {
            given().get(ready).then().statusCode(503).body("status", equalTo("DOWN"));
            given().get(live).then().statusCode(200);
        } finally {
            TestLedger.execute("ALTER TABLE plan_allowance_gone RENAME TO plan_allowance");
        }

        given().get(ready).then().statusCode(200);
    }

    @Test
    void isAliveButNotReadyWithoutItsDatabase() {
        TestLedger.insert(user("management-away"));
        TestLedger.allowConnections(false);

        given().get(ready).then().statusCode(503).body("status", equalTo("DOWN"));
        given().get(live).then().statusCode(200);
        for (String path : List.of(Operations.STATUS, Operations.NEXT_REFRESH, Operations.REFRESH_HISTORY)) {
            Problems.assertProblem(
                    RawRequest.get(server, path, TestTokens.user("management-away")), ProblemCode.UNAVAILABLE);
        }
        Problems.assertProblem(given().get(Operations.CONFIG), ProblemCode.UNAVAILABLE);

        bringTheDatabaseBack();
        given().get(ready).then().statusCode(200);
        assertThat(RawRequest.get(server, Operations.STATUS, TestTokens.user("management-away"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void countsRequestsInTheBucketsOfTheObjectives() {
        TestLedger.insert(user("management-counted"));
        RawRequest.get(server, Operations.STATUS, TestTokens.user("management-counted"));
        RawRequest.get(server, Operations.refreshHistoryOf("management-counted"), TestTokens.support());
        RawRequest.get(server, "/api/management-counted", TestTokens.support());

        List<String> lines = given().get(metrics).asString().lines().toList();

        assertThat(lines.stream()
                        .filter(line -> line.startsWith("http_server_requests_seconds_bucket")
                                && line.contains("uri=\"" + Operations.STATUS + "\"")
                                && line.contains("status=\"200\""))
                        .map(line -> line.replaceFirst(".*le=\"([^\"]*)\".*", "$1")))
                .containsExactly("0.025", "0.05", "0.1", "0.2", "0.5", "1.0", "2.5", "+Inf");
        assertThat(lines).anyMatch(line -> line.contains("uri=\"/api/admin/users/{userId}/refresh-history\""));
        assertThat(lines).noneMatch(line -> line.contains("management-counted"));
    }

    @Test
    void measuresTransactionsAndThePoolThatTheyWaitFor() {
        double before = metric("credit_database_transaction_seconds_count");
        for (int i = 0; i < 20; i++) {
            RawRequest.get(server, Operations.CONFIG, TestTokens.admin());
        }

        assertThat(metric("credit_database_transaction_seconds_count") - before).isGreaterThanOrEqualTo(20);
        // Every one that was taken has been given back, but for some of the services' own work at this moment.
        assertThat(metric("agroal_acquire_count_total") - metric("credit_database_transaction_seconds_count"))
                .isBetween(0.0, 9.0);
        List<String> lines = given().get(metrics).asString().lines().toList();
        assertThat(lines.stream()
                        .filter(line -> line.startsWith("credit_database_transaction_seconds_bucket"))
                        .map(line -> line.replaceFirst(".*le=\"([^\"]*)\".*", "$1")))
                .containsExactly("0.025", "0.05", "0.1", "0.2", "0.5", "1.0", "2.5", "+Inf");
        assertThat(lines).anyMatch(line -> line.startsWith("agroal_awaiting_count{"));
    }

    private double metric(String name) {
        return given().get(metrics)
                .asString()
                .lines()
                .filter(line -> line.matches(name + "[{ ].*"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    void isAloneInShowingItself() {
        for (URL own : List.of(live, ready, metrics)) {
            assertThat(own.getPort()).isNotEqualTo(server.getPort());
        }
        Problems.assertProblem(RawRequest.get(server, ready.getPath(), TestTokens.admin()), ProblemCode.NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q",
                "/q/",
                "/q/health",
                "/q/health/live",
                "/q/health/ready",
                "/q/health/started",
                "/q/metrics",
                "/q/openapi",
                "/q/openapi.json",
                "/q/swagger-ui",
                "/q/dev",
                "/q/dev-ui",
                "/q/arc",
                "/health",
                "/metrics",
                "/openapi",
            })
    void showsNothingOfItselfWhereTheApiIs(String path) {
        Problems.assertProblem(given().get(path), ProblemCode.NOT_FOUND);
    }

    @Test
    void servesNoApiWhereItShowsItself() {
        assertThat(RawRequest.get(live, Operations.CONFIG, TestTokens.admin()).status())
                .isEqualTo(404);
    }
}
