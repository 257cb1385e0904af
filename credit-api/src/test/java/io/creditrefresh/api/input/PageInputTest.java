package io.creditrefresh.api.input;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.api.Operations;
import io.creditrefresh.api.Problems;
import io.creditrefresh.api.RawRequest;
import io.creditrefresh.api.RealPostgres;
import io.creditrefresh.api.TestLedger;
import io.creditrefresh.edge.page.Cursor;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.edge.token.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URL;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class PageInputTest {

    private static final byte HISTORY = 1;
    private static final long NOON_MICROS = 1_795_176_000_000_000L;

    @TestHTTPResource
    URL server;

    @BeforeAll
    static void insertTheUser() {
        TestLedger.insert(user("page-input"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "201", "1000000", "1000000000", "99999999999999999999", "abc", "", "1.5", "٥"})
    void refusesAPageSizeThatIsNone(String limit) {
        Problems.assertProblem(history("limit", limit), ProblemCode.INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "50", "200"})
    void takesAPageSizeWithinTheLimits(String limit) {
        assertThat(history("limit", limit).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "0", "null", "😀", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==", "' OR 1=1 --"})
    void refusesACursorThatIsNone(String cursor) {
        Problems.assertProblem(history("cursor", cursor), ProblemCode.INVALID_CURSOR);
    }

    @Test
    void refusesAHugeCursor() {
        Problems.assertProblem(history("cursor", "A".repeat(40_000)), ProblemCode.INVALID_CURSOR);
    }

    @Test
    void refusesTheCursorOfAnotherList() {
        Problems.assertProblem(
                history("cursor", new Cursor((byte) 2, NOON_MICROS, 1, 1).encoded()), ProblemCode.INVALID_CURSOR);
    }

    /** Wherever it points, nothing but a page or a refusal comes of it. */
    @Test
    void takesOrRefusesCursorsWithAnyNumbers() {
        long[] numbers = {
            Long.MIN_VALUE,
            Long.MIN_VALUE + 1,
            -210_866_803_200_000_001L,
            -62_135_596_800_000_001L,
            -1,
            0,
            1,
            NOON_MICROS,
            253_402_300_800_000_000L,
            9_223_371_331_200_000_000L,
            Long.MAX_VALUE - 1,
            Long.MAX_VALUE
        };
        for (long at : numbers) {
            for (long account : List.of(Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE)) {
                for (long seq : List.of(Long.MIN_VALUE, 0L, Long.MAX_VALUE)) {
                    assertPageOrRefusal(new Cursor(HISTORY, at, account, seq).encoded());
                }
            }
        }
    }

    @Test
    void takesOrRefusesRandomCursors() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            String cursor = new Cursor(
                            HISTORY, random.nextLong() >> random.nextInt(64), random.nextLong(), random.nextLong())
                    .encoded();

            assertThat(assertPageOrRefusal(cursor))
                    .as("-Dseed=%d: %s", seed, cursor)
                    .isIn(200, 400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=1&limit=2", "limit=1&limit=1", "cursor=a&limit=1&cursor=b", "cursor=", "cursor"})
    void refusesAParameterThatIsGivenTwiceOrWithoutAValue(String query) {
        Problems.assertProblem(
                RawRequest.get(server, Operations.REFRESH_HISTORY + "?" + query, TestTokens.user("page-input")),
                ProblemCode.INVALID_REQUEST);
    }

    private int assertPageOrRefusal(String cursor) {
        RawRequest.Answer answer =
                RawRequest.get(server, Operations.REFRESH_HISTORY + "?cursor=" + cursor, TestTokens.user("page-input"));

        if (answer.status() != 200) {
            Problems.assertProblem(answer, ProblemCode.INVALID_CURSOR);
        }
        return answer.status();
    }

    private static Response history(String parameter, String value) {
        return given().header("Authorization", "Bearer " + TestTokens.user("page-input"))
                .queryParam(parameter, value)
                .get(Operations.REFRESH_HISTORY);
    }
}
