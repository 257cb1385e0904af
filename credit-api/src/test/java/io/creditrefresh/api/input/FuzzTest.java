package io.creditrefresh.api.input;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.api.Operations;
import io.creditrefresh.api.Problems;
import io.creditrefresh.api.RawRequest;
import io.creditrefresh.api.RealPostgres;
import io.creditrefresh.api.TestLedger;
import io.creditrefresh.edge.page.Cursor;
import io.creditrefresh.edge.token.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever is sent, the service answers, and never with an error of its own. */
@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class FuzzTest {

    private static final int REQUESTS = 3_000;

    private static final List<String> PIECES = List.of(
            "a",
            "0",
            "-1",
            "/",
            "//",
            ".",
            "..",
            "%2e%2e",
            "%2F",
            "%00",
            "%0a",
            "%0d%0a",
            "%ff",
            "%C0%AF",
            "%ED%A0%80",
            "%F0%9F%98%80",
            "%zz",
            "%",
            "+",
            "%20",
            "&",
            "=",
            ";",
            "?",
            "#",
            "*",
            "'",
            "%22",
            "<",
            "%3Cscript%3E",
            "{",
            "}",
            "[]",
            "|",
            "\\",
            "^",
            "~",
            "@",
            ":",
            "$",
            ",",
            "!",
            "%252F",
            "null",
            "undefined",
            "NaN",
            "limit",
            "cursor",
            "userId",
            "alice",
            "api",
            "admin",
            "users",
            "\u00e4",
            "\u00ff",
            "9223372036854775808",
            "1e9",
            "' OR 1=1 --".replace(" ", "%20"),
            "${jndi:ldap://x}",
            "%7B%7B7*7%7D%7D",
            "x".repeat(200),
            "%41".repeat(100));

    private static final List<String> HEADERS = List.of(
            "Accept",
            "Accept-Language",
            "Accept-Encoding",
            "Content-Type",
            "Cookie",
            "Origin",
            "Referer",
            "User-Agent",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Proto",
            "Forwarded",
            "X-HTTP-Method-Override",
            "If-Match",
            "If-None-Match",
            "If-Modified-Since",
            "Range",
            "Idempotency-Key",
            "Authorization",
            "Expect",
            "Via",
            "TE",
            "Upgrade",
            "Connection",
            "traceparent");

    private static final List<String> METHODS = List.of(
            "GET", "GET", "GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "FOO");

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<String> tokens = List.of(
            TestTokens.user("fuzz"),
            TestTokens.user("nobody"),
            TestTokens.support(),
            TestTokens.admin(),
            TestTokens.service(),
            "garbage");

    @TestHTTPResource
    URL server;

    @Test
    void getsAnAnswerToEverything() {
        TestLedger.insert(user("fuzz"));
        for (int i = 0; i < REQUESTS; i++) {
            String request = request();

            RawRequest.Answer answer = RawRequest.send(server, request);

            assertThat(answer.status())
                    .as("-Dseed=%d, request %d: %s", seed, i, request)
                    .isBetween(200, 499);
            if (answer.status() >= 400 && isOfTheApplication(answer) && !request.startsWith("HEAD")) {
                try {
                    Problems.assertIsAProblem(answer);
                } catch (AssertionError e) {
                    throw new AssertionError("-Dseed=%d, request %d: %s".formatted(seed, i, request), e);
                }
            }
        }
    }

    /** What the HTTP server refuses itself bears none of our headers; a page of a foreign origin gets no body. */
    private static boolean isOfTheApplication(RawRequest.Answer answer) {
        boolean ofAForeignOrigin = answer.headers().containsKey("access-control-allow-methods");
        return answer.headers().containsKey("x-content-type-options")
                && !(ofAForeignOrigin && answer.body().isEmpty());
    }

    private String request() {
        StringBuilder headers = new StringBuilder("Host: api.test\r\nConnection: close\r\n");
        if (random.nextInt(10) > 0) {
            headers.append("Authorization: Bearer ").append(oneOf(tokens)).append("\r\n");
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            headers.append(oneOf(HEADERS)).append(": ").append(pieces(4)).append("\r\n");
        }
        String body = random.nextInt(8) == 0 ? pieces(20) : "";
        if (!body.isEmpty()) {
            headers.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        return oneOf(METHODS) + " " + path() + query() + " HTTP/1.1\r\n" + headers + "\r\n" + body;
    }

    private String path() {
        return switch (random.nextInt(6)) {
            case 0 -> "/" + pieces(6);
            case 1 -> "/api/" + pieces(4);
            case 2 -> Operations.refreshHistoryOf(pieces(4));
            case 3 -> oneOf(Operations.OWN) + pieces(2);
            default ->
                oneOf(List.of(
                        Operations.STATUS,
                        Operations.NEXT_REFRESH,
                        Operations.REFRESH_HISTORY,
                        Operations.CONFIG,
                        Operations.MONITOR,
                        Operations.STATS,
                        Operations.refreshHistoryOf("fuzz"),
                        Operations.explanationOf("fuzz")));
        };
    }

    private String query() {
        return switch (random.nextInt(6)) {
            case 0, 1 -> "";
            case 2 -> "?" + pieces(5);
            case 3 -> "?cursor=" + cursor();
            case 4 -> "?limit=" + pieces(2);
            default -> "?userId=" + pieces(4) + "&limit=" + random.nextInt() + "&cursor=" + cursor();
        };
    }

    private String cursor() {
        return random.nextInt(3) == 0
                ? pieces(5)
                : new Cursor((byte) 1, random.nextLong() >> random.nextInt(64), random.nextLong(), random.nextLong())
                        .encoded();
    }

    private String pieces(int max) {
        return IntStream.range(0, random.nextInt(max + 1))
                .mapToObj(i -> oneOf(PIECES))
                .collect(Collectors.joining());
    }

    private <T> T oneOf(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
