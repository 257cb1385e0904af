package io.creditrefresh.api.problem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import io.creditrefresh.api.Problems;
import io.creditrefresh.api.RawRequest;
import io.creditrefresh.api.RealPostgres;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.edge.token.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.net.URL;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class BodyTest {

    private static final int MAX_BYTES = 1_048_576;
    private static final String GOOD = "{\"kind\": \"credits\", \"amount\": 7, \"tags\": []}";

    @TestHTTPResource
    URL server;

    @Test
    void isTakenWhenItIsGood() {
        post(GOOD).then().statusCode(200).body("amount", is(7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "7",
                "\"credits\"",
                "garbage",
                "{\"kind\": \"credits\", \"amount\": 7, \"unknown\": 1}",
                "{\"kind\": \"credits\", \"amount\": 7, \"unknown\": {\"a\": [1, 2]}}",
                "{\"kind\": \"credits\", \"amount\": \"many\"}",
                "{\"kind\": \"credits\", \"amount\": {}}",
                "{\"kind\": \"credits\", \"amount\": [7]}",
                "{\"kind\": \"credits\", \"amount\": 9223372036854775808}",
                "{\"kind\": \"credits\", \"amount\": 1e400000000}",
                "{\"kind\": \"credits\", \"amount\": NaN}",
                "{\"kind\": [\"credits\"], \"amount\": 7}",
                "{\"kind\": \"credits\", \"amount\": 7, \"tags\": \"a\"}",
                "{\"kind\": \"credits\", \"amount\": 7, \"tags\": {\"a\": 1}}",
                "{\"kind\": \"cre\ndits\", \"amount\": 7}",
                "{'kind': 'credits'}",
                "{\"kind\": \"credits\", \"amount\": 7}}",
                "{\"kind\": \"credits\", \"amount\": 7} garbage",
                "{\"kind\": \"a\", \"kind\": \"b\", \"amount\": 7}",
                "{\"kind\": \"credits\", \"amount\": 7.5}",
                "{\"kind\": \"credits\"}",
                "{\"amount\": null, \"kind\": \"credits\"}",
            })
    void isRefusedWhenItIsNotWhatIsAskedFor(String body) {
        Problems.assertProblem(post(body), ProblemCode.INVALID_REQUEST);
    }

    @Test
    void isRefusedWhenItIsNotUtf8() {
        Problems.assertProblem(
                given().contentType("application/json")
                        .body(new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'})
                        .post(TestResource.BODY),
                ProblemCode.INVALID_REQUEST);
    }

    @Test
    void isRefusedWhenItIsDeepOrItsNumbersAreLong() {
        // Sent raw: REST Assured would indent them for its log, which takes gigabytes.
        Problems.assertProblem(raw("[".repeat(100_000)), ProblemCode.INVALID_REQUEST);
        Problems.assertProblem(raw("{\"kind\":".repeat(50_000)), ProblemCode.INVALID_REQUEST);
        Problems.assertProblem(post("{\"amount\": " + "9".repeat(500_000) + "}"), ProblemCode.INVALID_REQUEST);
        Problems.assertProblem(post("{\"" + "x".repeat(500_000) + "\": 1}"), ProblemCode.INVALID_REQUEST);
    }

    private RawRequest.Answer raw(String body) {
        return RawRequest.send(
                server,
                "POST %s HTTP/1.1\r\nHost: api.test\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(TestResource.BODY, body.length(), body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data"})
    void isRefusedWhenItIsNoJson(String contentType) {
        RawRequest.Answer answer = RawRequest.send(
                server,
                "POST %s HTTP/1.1\r\nHost: api.test\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(TestResource.BODY, contentType, GOOD.length(), GOOD));

        Problems.assertProblem(answer, ProblemCode.UNSUPPORTED_MEDIA_TYPE);
    }

    @Test
    void isTakenUpToTheLimit() {
        // One byte more is refused before it is sent: see below.
        post(GOOD + " ".repeat(MAX_BYTES - GOOD.length())).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1048577", "2147483648", "9223372036854775807"})
    void isRefusedUnreadWhenItSaysThatItIsTooLarge(String length) {
        RawRequest.Answer answer = RawRequest.send(
                server,
                "POST %s HTTP/1.1\r\nHost: api.test\r\nContent-Type: application/json\r\nContent-Length: %s\r\n\r\n"
                        .formatted(TestResource.BODY, length));

        Problems.assertProblem(answer, ProblemCode.PAYLOAD_TOO_LARGE);
    }

    @Test
    void isRefusedWhenItIsTooLargeAndComesInChunks() {
        String chunk = "4000\r\n" + " ".repeat(0x4000) + "\r\n";
        RawRequest.Answer answer = RawRequest.send(
                server,
                "POST %s HTTP/1.1\r\nHost: api.test\r\nContent-Type: application/json\r\n".formatted(TestResource.BODY)
                        + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(65) + "0\r\n\r\n");

        Problems.assertProblem(answer, ProblemCode.PAYLOAD_TOO_LARGE);
    }

    @Test
    void isTakenInChunks() {
        RawRequest.Answer answer = RawRequest.send(
                server,
                "POST %s HTTP/1.1\r\nHost: api.test\r\nContent-Type: application/json\r\n".formatted(TestResource.BODY)
                        + "Transfer-Encoding: chunked\r\n\r\n"
                        + "%x\r\n%s\r\n0\r\n\r\n".formatted(GOOD.length(), GOOD).toLowerCase(Locale.ROOT));

        assertThat(answer.status()).isEqualTo(200);
    }

    private static Response post(String body) {
        return given().contentType(ContentType.JSON).body(body).post(TestResource.BODY);
    }
}
