package io.creditrefresh.api.token;

import static io.restassured.RestAssured.given;

import io.creditrefresh.api.Problems;
import io.creditrefresh.api.RealPostgres;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.edge.token.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class DenyByDefaultTest {

    private static final String PATH = "/test/said-to-be-open-to-nobody";

    /** In the tests' service only: somebody has forgotten to say who may call it. */
    @Path(PATH)
    public static class Forgotten {

        @GET
        @Operation(hidden = true)
        public String show() {
            return "shown";
        }
    }

    @Test
    void refusesWhatIsNotSaidToBeOpen() {
        Problems.assertProblem(given().get(PATH), ProblemCode.UNAUTHENTICATED);
        for (String token :
                List.of(TestTokens.user("alice"), TestTokens.service(), TestTokens.support(), TestTokens.admin())) {
            Problems.assertProblem(
                    given().header("Authorization", "Bearer " + token).get(PATH), ProblemCode.FORBIDDEN);
        }
    }
}
