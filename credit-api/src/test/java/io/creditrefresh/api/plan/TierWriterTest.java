package io.creditrefresh.api.plan;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import io.creditrefresh.api.RealPostgres;
import io.creditrefresh.api.TestLedger;
import io.creditrefresh.edge.token.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class TierWriterTest {

    @Inject
    @Readiness
    TierWriter tiers;

    @Test
    void writesTheAmountsOfTheEnvironmentOnceAndLeavesPlansThatAreNotThere() {
        tiers.write();
        tiers.write();

        assertThat(tiers.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(TestLedger.query("SELECT string_agg(amount::text, ',' ORDER BY valid_from) FROM plan_allowance"
                        + " WHERE plan_code = 'scale' AND kind = 'credits'"))
                .isEqualTo("100000,120000");
        assertThat(TestLedger.query("SELECT count(*) FROM plan WHERE code = 'ghost'"))
                .isEqualTo("0");
        assertThat(TestLedger.query(
                        "SELECT row(actor, action, before ->> 'amount', after ->> 'amount') FROM audit_entry"
                                + " WHERE actor = 'environment'"))
                .isEqualTo("(environment,set-plan-amount,100000,120000)");
        given().get("/api/credits/config")
                .then()
                .body("plans.find { it.code == 'scale' }.allowances.credits", is(120_000));
    }
}
