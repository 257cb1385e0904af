package io.creditrefresh.api.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.api.Operations;
import io.creditrefresh.api.Problems;
import io.creditrefresh.api.RawRequest;
import io.creditrefresh.api.RealPostgres;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.edge.token.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class RoutingTest {

    @TestHTTPResource
    URL server;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api",
                "/api/",
                "/api/nothing",
                "/API/CREDITS/CONFIG",
                "/api/credits/config/more",
                "/api/admin/users/a/b/refresh-history",
                "/api/credits/config%00",
                "/api/credits%2Fconfig",
                "/favicon.ico",
                "/.env",
                "/..%2f..%2fetc/passwd",
                "/index.html",
                "/%F0%9F%98%80",
            })
    void hasNothingWhereNothingIsPromised(String path) {
        Problems.assertProblem(RawRequest.get(server, path, TestTokens.admin()), ProblemCode.NOT_FOUND);
        Problems.assertProblem(send("GET", path, ""), ProblemCode.NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "X"})
    void takesNoOtherMethods(String method) {
        Problems.assertProblem(send(method, Operations.CONFIG, ""), ProblemCode.METHOD_NOT_ALLOWED);
        Problems.assertProblem(send(method, Operations.STATUS, ""), ProblemCode.METHOD_NOT_ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/html", "application/xml", "image/*", "text/html, application/xml;q=0.9", "application/yaml"
            })
    void givesNothingButJson(String accept) {
        Problems.assertProblem(
                send("GET", Operations.CONFIG, "Accept: " + accept + "\r\n"), ProblemCode.NOT_ACCEPTABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json", "application/*", "text/html, */*;q=0.1", "*"})
    void givesJsonToWhoTakesIt(String accept) {
        assertThat(send("GET", Operations.CONFIG, "Accept: " + accept + "\r\n").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "/", "a/b/c", ";;;", "application/", "\u00e4/\u00e4", "a/b;q=x", ""})
    void refusesAnAcceptHeaderThatIsNone(String accept) {
        String headers = "Accept: %s\r\nAuthorization: Bearer %s\r\n".formatted(accept, TestTokens.user("routing"));
        for (String path : List.of(Operations.CONFIG, Operations.REFRESH_HISTORY, "/nothing")) {
            RawRequest.Answer answer = send("GET", path, headers);

            assertThat(answer.status()).as(path).isIn(400, 404, 406);
            Problems.assertIsAProblem(answer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "/", "a/b/c", ";", "application/json;charset=nothing", "\u00e4/\u00e4", ""})
    void survivesAContentTypeThatIsNone(String contentType) {
        RawRequest.Answer answer =
                send("GET", Operations.CONFIG, "Content-Type: " + contentType + "\r\nContent-Length: 2\r\n\r\n{}");

        assertThat(answer.status()).isIn(200, 400, 415);
        if (answer.status() != 200) {
            Problems.assertIsAProblem(answer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-1", "1.5", "99999999999999999999999", "1, 2"})
    void survivesALengthThatIsNone(String length) {
        RawRequest.Answer answer = send("GET", Operations.CONFIG, "Content-Length: " + length + "\r\n");

        assertThat(answer.status()).isIn(400, 413);
    }

    private RawRequest.Answer send(String method, String path, String headers) {
        return RawRequest.send(server, method + " " + path + " HTTP/1.1\r\nHost: api.test\r\n" + headers + "\r\n");
    }
}
