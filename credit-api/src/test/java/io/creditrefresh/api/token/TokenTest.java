package io.creditrefresh.api.token;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.api.Operations;
import io.creditrefresh.api.Problems;
import io.creditrefresh.api.RawRequest;
import io.creditrefresh.api.RealPostgres;
import io.creditrefresh.api.TestLedger;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.edge.token.Roles;
import io.creditrefresh.edge.token.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class TokenTest {

    private static final String[] ALL = {Roles.USER, Roles.SERVICE, Roles.SUPPORT, Roles.ADMIN};
    private static final List<String> OPERATORS = List.of(
            Operations.MONITOR,
            Operations.STATS,
            Operations.refreshHistoryOf("alice"),
            Operations.explanationOf("alice"));
    private static final List<String> SECURED =
            Stream.concat(Operations.OWN.stream(), OPERATORS.stream()).toList();

    @TestHTTPResource
    URL server;

    @Test
    void asksForATokenWhenThereIsNone() {
        for (String path : SECURED) {
            RawRequest.Answer answer =
                    RawRequest.send(server, "GET %s HTTP/1.1\r\nHost: api.test\r\n\r\n".formatted(path));

            Problems.assertProblem(answer, ProblemCode.UNAUTHENTICATED);
            assertThat(answer.header("www-authenticate")).as(path).isEqualTo("Bearer");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Basic YWxpY2U6c2VjcmV0", "Digest username=alice", "Bearer", "Bearer ", "Negotiate", "alice"
            })
    void asksForATokenWhenThereIsSomethingElse(String authorization) {
        Response answer = given().header("Authorization", authorization).get(Operations.STATUS);

        Problems.assertProblem(answer, ProblemCode.UNAUTHENTICATED);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
    }

    @Test
    void takesTokensFromTheHeaderOnly() {
        String token = TestTokens.user("token-elsewhere");
        TestLedger.insert(user("token-elsewhere"));

        for (Response answer : List.of(
                given().queryParam("access_token", token).get(Operations.STATUS),
                given().cookie("Bearer", token).get(Operations.STATUS),
                given().header("X-Authorization", "Bearer " + token).get(Operations.STATUS))) {
            Problems.assertProblem(answer, ProblemCode.UNAUTHENTICATED);
        }
    }

    @Test
    void refusesEveryTokenThatIsNotTheIssuersForThisService() {
        badTokens().forEach((what, token) -> {
            for (String path : SECURED) {
                RawRequest.Answer answer = RawRequest.get(server, path, token);

                assertThat(answer.status()).as("%s: %s", what, path).isEqualTo(401);
                Problems.assertProblem(answer, ProblemCode.UNAUTHENTICATED);
                assertThat(answer.header("www-authenticate")).as(what).isEqualTo("Bearer error=\"invalid_token\"");
            }
        });
    }

    /** Nobody learns from an answer how far a token has come. */
    @Test
    void refusesThemAllAlike() {
        assertThat(badTokens().values().stream()
                        .map(token -> status(token).body())
                        .distinct())
                .hasSize(1);
    }

    @Test
    void takesATokenUntilHalfAMinuteAfterItsEnd() {
        TestLedger.insert(user("token-skew"));

        assertThat(status(endedSeconds(5, "token-skew")).status()).isEqualTo(200);
        assertThat(status(endedSeconds(40, "token-skew")).status()).isEqualTo(401);
    }

    @Test
    void takesATokenForSeveralAudiencesAndWhateverTheCaseOfBearer() {
        TestLedger.insert(user("token-audiences"));
        String token = TestTokens.signed(
                claims -> {
                    claims.setSubject("token-audiences");
                    claims.setAudience("other", TestTokens.AUDIENCE);
                },
                Roles.USER);

        given().header("Authorization", "bearer " + token)
                .get(Operations.STATUS)
                .then()
                .statusCode(200);
    }

    @Test
    void forbidsWithoutARoleThatMay() {
        for (String token : List.of(
                TestTokens.signed(claims -> {}),
                TestTokens.signed(claims -> claims.unsetClaim("groups")),
                TestTokens.signed(claims -> {}, "root", "ADMIN", "User", "*", ""),
                TestTokens.service())) {
            for (String path : SECURED) {
                Problems.assertProblem(RawRequest.get(server, path, token), ProblemCode.FORBIDDEN);
            }
        }
    }

    @Test
    void forbidsUsersWhatIsForOperatorsAndTheOtherWayRound() {
        for (String path : Operations.OWN) {
            Problems.assertProblem(RawRequest.get(server, path, TestTokens.support()), ProblemCode.FORBIDDEN);
            Problems.assertProblem(RawRequest.get(server, path, TestTokens.admin()), ProblemCode.FORBIDDEN);
        }
        for (String path : OPERATORS) {
            Problems.assertProblem(RawRequest.get(server, path, TestTokens.user("alice")), ProblemCode.FORBIDDEN);
        }
    }

    @Test
    void doesNotFallOverClaimsOfStrangeTypes() {
        List<Object> values =
                List.of(0, -1, 1.5, true, "", "x", List.of(), List.of(1), List.of(List.of("user")), Map.of("a", 1));
        for (String claim : List.of("sub", "groups", "exp", "nbf", "iat", "iss", "aud", "jti", "upn", "typ", "scope")) {
            for (Object value : values) {
                RawRequest.Answer answer =
                        status(TestTokens.signed(claims -> claims.setClaim(claim, value), Roles.USER));

                assertThat(answer.status()).as("%s: %s", claim, value).isIn(401, 403, 404);
                Problems.assertIsAProblem(answer);
            }
        }
    }

    private RawRequest.Answer status(String token) {
        return RawRequest.get(server, Operations.STATUS, token);
    }

    private static Map<String, String> badTokens() {
        Map<String, String> tokens = new LinkedHashMap<>();
        tokens.put("garbage", "garbage");
        tokens.put("dots", "..");
        tokens.put("more dots", "....");
        tokens.put("three words", "a.b.c");
        tokens.put("long", "x".repeat(15_000));
        tokens.put("ended", endedSeconds(60, "somebody"));
        tokens.put("long ended", endedSeconds(1_000_000_000, "somebody"));
        tokens.put("no start", TestTokens.signed(claims -> claims.unsetClaim("iat"), ALL));
        tokens.put("not yet valid", TestTokens.signed(claims -> claims.setNotBefore(secondsFromNow(90)), ALL));
        tokens.put("another audience", TestTokens.signed(claims -> claims.setAudience("other"), ALL));
        tokens.put("no audience", TestTokens.signed(claims -> claims.unsetClaim("aud"), ALL));
        tokens.put("another issuer", TestTokens.signed(claims -> claims.setIssuer("https://issuer.test/"), ALL));
        tokens.put("no issuer", TestTokens.signed(claims -> claims.unsetClaim("iss"), ALL));
        tokens.put("no end", TestTokens.signed(claims -> claims.unsetClaim("exp"), ALL));
        tokens.put("no subject", TestTokens.signed(claims -> claims.unsetClaim("sub"), ALL));
        tokens.put("another key", TestTokens.signedByAnotherKey(ALL));
        tokens.put("its own key", TestTokens.signedByItsOwnKey(ALL));
        tokens.put("unknown key id", TestTokens.signedWithKeyId("test-2", ALL));
        for (String algorithm : List.of(
                AlgorithmIdentifiers.RSA_USING_SHA384,
                AlgorithmIdentifiers.RSA_USING_SHA512,
                AlgorithmIdentifiers.RSA_PSS_USING_SHA256)) {
            tokens.put(algorithm, TestTokens.signedByAnotherAlgorithm(algorithm, ALL));
        }
        List<String> confusions = TestTokens.keyConfusions(ALL);
        for (int i = 0; i < confusions.size(); i++) {
            tokens.put("key confusion " + i, confusions.get(i));
        }
        tamper(tokens);
        return tokens;
    }

    private static void tamper(Map<String, String> tokens) {
        String[] good = TestTokens.signed(claims -> {}, ALL).split("\\.");
        String[] other =
                TestTokens.signed(claims -> claims.setSubject("alice"), ALL).split("\\.");
        tokens.put("another's payload", good[0] + "." + other[1] + "." + good[2]);
        tokens.put(
                "changed payload", good[0] + "." + base64(text(good[1]).replace("somebody", "alice")) + "." + good[2]);
        tokens.put("changed signature", good[0] + "." + good[1] + "." + other[2]);
        tokens.put("half a signature", good[0] + "." + good[1] + "." + good[2].substring(0, good[2].length() / 2));
        tokens.put("no signature", good[0] + "." + good[1] + ".");
        tokens.put("two parts", good[0] + "." + good[1]);
        tokens.put("five parts", String.join(".", good[0], good[1], good[2], good[1], good[2]));
        tokens.put("two tokens", String.join(".", good) + "," + String.join(".", other));
        tokens.put("unsigned", TestTokens.unsigned(ALL));
        for (String none : List.of("none", "None", "NONE", "nOnE", "", "null")) {
            String header = base64("{\"alg\":\"" + none + "\",\"kid\":\"test-1\",\"typ\":\"JWT\"}");
            tokens.put("unsigned: " + none, header + "." + good[1] + ".");
            tokens.put("signed: " + none, header + "." + good[1] + "." + good[2]);
        }
        tokens.put("no algorithm", base64("{\"kid\":\"test-1\"}") + "." + good[1] + "." + good[2]);
    }

    private static String endedSeconds(long ago, String userId) {
        return TestTokens.signed(
                claims -> {
                    claims.setSubject(userId);
                    claims.setIssuedAt(secondsFromNow(-ago - 600));
                    claims.setExpirationTime(secondsFromNow(-ago));
                },
                ALL);
    }

    private static NumericDate secondsFromNow(long seconds) {
        NumericDate date = NumericDate.now();
        date.addSeconds(seconds);
        return date;
    }

    private static String text(String base64) {
        return new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
