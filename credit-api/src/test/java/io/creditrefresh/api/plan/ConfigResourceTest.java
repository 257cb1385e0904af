package io.creditrefresh.api.plan;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import io.creditrefresh.api.RealPostgres;
import io.creditrefresh.api.TestLedger;
import io.creditrefresh.edge.token.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class ConfigResourceTest {

    @Test
    void showsThePlansAndWhatTheyGive() {
        given().when()
                .get("/api/credits/config")
                .then()
                .statusCode(200)
                .body("kinds", contains("credits", "analysis", "roast"))
                .body("plans.code", hasItems("free", "pro", "scale", "starter"))
                .body(
                        "plans.find { it.code == 'pro' }.allowances",
                        equalTo(Map.of("credits", 20_000, "analysis", 5_000, "roast", 500)));
    }

    @Test
    void showsTheAmountThatIsInForceNow() {
        TestLedger.execute("INSERT INTO plan_allowance (plan_code, kind, valid_from, amount) VALUES"
                + " ('scale', 'roast', '2026-11-20T11:59:59Z', 1110), ('scale', 'roast', '2026-11-20T12:00:01Z', 1)");

        given().when()
                .get("/api/credits/config")
                .then()
                .body("plans.find { it.code == 'scale' }.allowances.roast", is(1_110));
    }
}
