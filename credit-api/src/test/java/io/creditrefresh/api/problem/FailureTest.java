package io.creditrefresh.api.problem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrefresh.api.Problems;
import io.creditrefresh.api.RealPostgres;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.edge.token.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class FailureTest {

    @TestHTTPResource(TestResource.CUT_OFF)
    URI cutOff;

    @Test
    void leavesNobodyToBelieveThatAnAnswerWasWholeThatFailedOnItsWay() {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request =
                HttpRequest.newBuilder(cutOff).timeout(Duration.ofSeconds(20)).build();

        assertThatThrownBy(() -> client.send(request, BodyHandlers.ofByteArray()))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void saysNothingOfABug() {
        Response answer = given().get(TestResource.FAILURE);

        Problems.assertProblem(answer, ProblemCode.INTERNAL_ERROR);
        assertThat(answer.body().asString()).doesNotContain("secret");
    }

    @Test
    void saysNothingOfWhatTheDatabaseRefuses() {
        Response answer = given().queryParam("sqlState", "42P01").get(TestResource.FAILURE);

        Problems.assertProblem(answer, ProblemCode.INTERNAL_ERROR);
        assertThat(answer.body().asString()).doesNotContain("secret", "42P01");
    }

    @Test
    void asksToComeAgainWhenTheDatabaseIsAway() {
        Response answer = given().queryParam("sqlState", "08006").get(TestResource.FAILURE);

        Problems.assertProblem(answer, ProblemCode.UNAVAILABLE);
        assertThat(answer.header("Retry-After")).isEqualTo("5");
        assertThat(answer.body().asString()).doesNotContain("secret", "08006");
    }
}
