package io.creditrefresh.api.spend;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import io.creditrefresh.api.RealPostgres;
import io.creditrefresh.api.TestLedger;
import io.creditrefresh.api.Writing;
import io.creditrefresh.edge.token.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class RefundTest {

    private static final Instant TOMORROW = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    void returnsEachPartToWhereItWasTakenFrom() {
        long id = spent("refund-both");

        refund("refund-both", "r")
                .statusCode(200)
                .body("refunds[0].kind", equalTo("credits"))
                .body("refunds[0].amount", is(120))
                .body("refunds[0].toAllowance", is(100))
                .body("refunds[0].toBonus", is(20))
                .body("refunds[0].balance", is(150));

        assertThat(TestLedger.query("SELECT row(allowance, bonus) FROM credit_account WHERE id = " + id))
                .isEqualTo("(100,50)");
    }

    @Test
    void returnsAllToTheBonusOnceTheAllowanceHasBeenReplaced() {
        spent("refund-upgraded");
        Writing.as(TestTokens.admin())
                .post("/api/admin/users/refund-upgraded/change-plan", "{'plan': 'starter'}")
                .statusCode(200);

        refund("refund-upgraded", "r")
                .statusCode(200)
                .body("refunds[0].toAllowance", is(0))
                .body("refunds[0].toBonus", is(120))
                .body("refunds[0].balance", is(5_150));
    }

    @Test
    void givesBackOnceWhateverTheKey() {
        long id = spent("refund-once");
        String first = refund("refund-once", "r").statusCode(200).extract().asString();

        assertThat(refund("refund-once", "r").statusCode(200).extract().asString())
                .isEqualTo(first);
        refund("refund-once", "r2").statusCode(409).body("code", equalTo("already_refunded"));
        assertThat(TestLedger.query("SELECT allowance + bonus FROM credit_account WHERE id = " + id))
                .isEqualTo("150");
    }

    @Test
    void knowsOnlySpendsOfThatUser() {
        spent("refund-mine");
        TestLedger.insert(user("refund-other").holding(1, 0).periodEnd(TOMORROW));

        refund("refund-other", "r").statusCode(404).body("code", equalTo("spend_not_found"));
        refund("refund-nobody", "r").statusCode(404).body("code", equalTo("user_not_found"));
    }

    @Test
    void isForTheProductOnlyAndWantsItsFields() {
        Writing.as(TestTokens.user("refund-mine"))
                .under("r")
                .post("/api/credits/refund", "{'idempotencyKey': 'k'}")
                .statusCode(403);
        Writing.as(TestTokens.service())
                .under("r")
                .post("/api/credits/refund", "{'userId': 'refund-mine'}")
                .statusCode(400);
        Writing.as(TestTokens.service())
                .post("/api/credits/refund", "{'userId': 'refund-mine', 'idempotencyKey': 'k'}")
                .statusCode(400)
                .body("code", equalTo("idempotency_key_missing"));
    }

    private static long spent(String userId) {
        long id = TestLedger.insert(user(userId).holding(100, 50).periodEnd(TOMORROW));
        Writing.as(TestTokens.service())
                .under("k")
                .post("/api/credits/consume", "{'userId': '" + userId + "', 'amount': 120}")
                .statusCode(200);
        return id;
    }

    private static ValidatableResponse refund(String userId, String key) {
        return Writing.as(TestTokens.service())
                .under(key)
                .post("/api/credits/refund", "{'userId': '" + userId + "', 'idempotencyKey': 'k'}");
    }
}
