package io.creditrefresh.api.token;

import static io.restassured.RestAssured.given;

import io.creditrefresh.api.RealPostgres;
import io.creditrefresh.api.TestLedger;
import io.creditrefresh.edge.token.TestTokens;
import io.creditrefresh.ledger.store.AccountFixture;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class TokenTest {

    @Test
    void explore() {
        TestLedger.insert(AccountFixture.user("alice").plan("pro").holding(123, 7));
        show("none", null);
        show("user", TestTokens.user("alice"));
        show("bob", TestTokens.user("bob"));
        show("support", TestTokens.support());
        show("unsigned", TestTokens.unsigned("user"));
        show("confusion", TestTokens.keyConfusion("user"));
        show("other alg", TestTokens.signedByAnotherAlgorithm("user"));
        show("other key", TestTokens.signedByAnotherKey("user"));
        show("garbage", "garbage");
        show("expired", TestTokens.signed(c -> c.setExpirationTimeMinutesInTheFuture(-10), "user"));
        show("aud", TestTokens.signed(c -> c.setAudience("other"), "user"));
        show("no aud", TestTokens.signed(c -> c.unsetClaim("aud"), "user"));
        show("no exp", TestTokens.signed(c -> c.unsetClaim("exp"), "user"));
        show("no sub", TestTokens.signed(c -> c.unsetClaim("sub"), "user"));
        show("no iat", TestTokens.signed(c -> c.unsetClaim("iat"), "user"));
        show("no groups", TestTokens.signed(c -> c.unsetClaim("groups")));
        show("groups string", TestTokens.signed(c -> c.setStringClaim("groups", "user")));
        show("iss", TestTokens.signed(c -> c.setIssuer("x"), "user"));
        for (String p : new String[] {
            "/api/nothing",
            "/",
            "/api/user/credits/next-refresh",
            "/api/user/credits/refresh-history",
            "/api/user/credits/refresh-history?limit=1000000",
            "/api/user/credits/refresh-history?cursor=abc",
            "/api/user/credits/status?userId=" + "x".repeat(10000),
            "/api/user/credits/status?userId=%ff%fe"
        }) {
            dump(
                    p,
                    given().urlEncodingEnabled(false)
                            .header("Authorization", "Bearer " + TestTokens.user("alice"))
                            .get(p));
        }
        for (String p : new String[] {
            "/api/admin/users/alice/refresh-history",
            "/api/admin/users/" + "x".repeat(10000) + "/refresh-history",
            "/api/admin/users/%00/refresh-history",
            "/api/admin/users/a%2Fb/refresh-history",
            "/api/admin/users/%ff/refresh-history",
            "/api/admin/users/" + "%C3%A4".repeat(20000) + "/refresh-history",
            "/api/scheduled-tasks/credit-refresh-monitor",
            "/api/admin/credits/refresh-stats"
        }) {
            dump(
                    p,
                    given().urlEncodingEnabled(false)
                            .header("Authorization", "Bearer " + TestTokens.support())
                            .get(p));
        }
        dump(
                "post",
                given().header("Authorization", "Bearer " + TestTokens.user("alice"))
                        .body("x".repeat(2000000))
                        .post("/api/user/credits/status"));
        dump(
                "accept",
                given().header("Accept", "text/html")
                        .header("Authorization", "Bearer " + TestTokens.user("alice"))
                        .get("/api/user/credits/status"));
        dump(
                "cors",
                given().header("Origin", "https://evil.test")
                        .header("Authorization", "Bearer " + TestTokens.user("alice"))
                        .get("/api/user/credits/status"));
        dump(
                "longheader",
                given().header("Authorization", "Bearer " + "x".repeat(20000)).get("/api/user/credits/status"));
    }

    private void show(String what, String token) {
        var r = given();
        if (token != null) r = r.header("Authorization", "Bearer " + token);
        dump(what, r.get("/api/user/credits/status"));
    }

    private void dump(String what, Response r) {
        String b = r.body().asString();
        System.out.println("### " + (what.length() > 80 ? what.substring(0, 80) : what) + " -> " + r.statusCode() + " "
                + r.contentType() + " " + r.header("WWW-Authenticate") + " "
                + (b.length() > 700 ? b.substring(0, 700) : b));
        if (what.equals("user")) System.out.println(r.headers());
    }
}
