package io.creditrefresh.api.problem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.api.Problems;
import io.creditrefresh.api.RealPostgres;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.edge.token.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class FailureTest {

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
