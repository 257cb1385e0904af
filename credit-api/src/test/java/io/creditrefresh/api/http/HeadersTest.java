package io.creditrefresh.api.http;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.api.Operations;
import io.creditrefresh.api.RawRequest;
import io.creditrefresh.api.RealPostgres;
import io.creditrefresh.api.TestLedger;
import io.creditrefresh.edge.token.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class HeadersTest {

    private static final String APP = "https://app.test";
    private static final String FOREIGN = "https://evil.test";

    @TestHTTPResource
    URL server;

    @Test
    void protectEveryAnswer() {
        TestLedger.insert(user("headers"));
        String token = TestTokens.user("headers");
        Map<RawRequest.Answer, Integer> answers = Map.of(
                send("GET", Operations.CONFIG, ""), 200,
                RawRequest.get(server, Operations.STATUS, token), 200,
                RawRequest.get(server, Operations.STATUS + "?userId=%00", token), 400,
                send("GET", Operations.STATUS, ""), 401,
                RawRequest.get(server, Operations.MONITOR, token), 403,
                send("GET", "/nothing", ""), 404,
                send("DELETE", Operations.CONFIG, ""), 405,
                send("GET", Operations.CONFIG, "Accept: text/html\r\n"), 406,
                send("GET", Operations.CONFIG, "Content-Length: 9999999\r\n"), 413);

        answers.forEach((answer, status) -> assertThat(answer.headers())
                .as("%d: %s", status, answer)
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("x-frame-options", "DENY")
                .containsEntry("content-security-policy", "default-src 'none'; frame-ancestors 'none'")
                .containsEntry("referrer-policy", "no-referrer")
                .containsEntry("cache-control", "no-store")
                .containsEntry("strict-transport-security", "max-age=31536000")
                .doesNotContainKeys("server", "x-powered-by", "set-cookie")
                .satisfies(headers -> assertThat(answer.status()).isEqualTo(status)));
    }

    @Test
    void letTheConfiguredOriginRead() {
        RawRequest.Answer answer = send("GET", Operations.CONFIG, "Origin: " + APP + "\r\n");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers())
                .containsEntry("access-control-allow-origin", APP)
                .doesNotContainEntry("access-control-allow-credentials", "true");
        assertThat(answer.header("access-control-expose-headers").split(",\\s*"))
                .containsExactlyInAnyOrder("etag", "retry-after");
    }

    @Test
    void letTheConfiguredOriginReadProblems() {
        RawRequest.Answer answer = send("GET", Operations.STATUS, "Origin: " + APP + "\r\n");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headers()).containsEntry("access-control-allow-origin", APP);
    }

    @Test
    void answerThePreflightOfTheConfiguredOrigin() {
        RawRequest.Answer answer = preflight(APP, "GET", "authorization,idempotency-key");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers())
                .containsEntry("access-control-allow-origin", APP)
                .doesNotContainEntry("access-control-allow-credentials", "true");
        assertThat(answer.header("access-control-allow-methods").split(",\\s*")).contains("GET");
        assertThat(answer.header("access-control-allow-headers").split(",\\s*"))
                .contains("authorization", "idempotency-key")
                .doesNotContain("*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                FOREIGN,
                "http://app.test",
                "https://app.test:8443",
                "https://app.test.evil.test",
                "https://sub.app.test",
                "https://APP.TEST.",
                "https://app.testx",
                "https://xapp.test",
                "null",
                "*",
                "garbage",
            })
    void tellAForeignOriginNothing(String origin) {
        for (RawRequest.Answer answer : new RawRequest.Answer[] {
            send("GET", Operations.CONFIG, "Origin: " + origin + "\r\n"),
            send("GET", Operations.STATUS, "Origin: " + origin + "\r\n"),
            preflight(origin, "GET", "authorization"),
        }) {
            assertThat(answer.headers())
                    .as(origin)
                    .doesNotContainKeys("access-control-allow-origin", "access-control-allow-credentials");
            assertThat(answer.status()).as(origin).isLessThan(500);
            assertThat(answer.body()).as(origin).doesNotContain("plans");
        }
    }

    private RawRequest.Answer preflight(String origin, String method, String headers) {
        return send(
                "OPTIONS",
                Operations.STATUS,
                "Origin: %s\r\nAccess-Control-Request-Method: %s\r\nAccess-Control-Request-Headers: %s\r\n"
                        .formatted(origin, method, headers));
    }

    private RawRequest.Answer send(String method, String path, String headers) {
        return RawRequest.send(server, method + " " + path + " HTTP/1.1\r\nHost: api.test\r\n" + headers + "\r\n");
    }
}
