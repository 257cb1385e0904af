package io.creditrefresh.api.input;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class UserIdInputTest {

    private static final String SUPPORT = TestTokens.support();

    @TestHTTPResource
    URL server;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice@example.com",
                "a/b",
                "/",
                "//",
                "a/../b",
                "?",
                "a?b=c&d",
                "#",
                "a#b",
                "%",
                "%41",
                "%2F",
                "a%00b",
                "a b",
                " ",
                "a+b",
                "a;b=c",
                "a:b",
                "'; DROP TABLE subscriber; --",
                "\"quoted\"",
                "back\\slash",
                "{userId}",
                "äöü",
                "用户",
                "😀",
                "👩‍👩‍👧‍👦",
                "e\u0301",
                "\u202Ereversed",
            })
    void findsAUserWhateverTheCharactersOfTheId(String userId) throws Exception {
        TestLedger.insert(user(userId));
        String token = TestTokens.user(userId);

        RawRequest.Answer own = RawRequest.get(server, Operations.STATUS, token);
        RawRequest.Answer named = RawRequest.get(server, Operations.STATUS + "?userId=" + encoded(userId), token);
        RawRequest.Answer history = RawRequest.get(server, Operations.refreshHistoryOf(encoded(userId)), SUPPORT);

        assertThat(own.status()).isEqualTo(200);
        assertThat(new ObjectMapper().readTree(own.body()).get("userId").textValue())
                .isEqualTo(userId);
        assertThat(named.body()).isEqualTo(own.body());
        assertThat(history.status()).as(history.body()).isEqualTo(200);
    }

    /** In a path these two mean no name, escaped or not (RFC 3986, section 6.2.2). */
    @ParameterizedTest
    @ValueSource(strings = {".", ".."})
    void findsAUserWithDotsForAnIdByTokenOnly(String userId) {
        TestLedger.insert(user(userId));

        assertThat(RawRequest.get(server, Operations.STATUS, TestTokens.user(userId))
                        .status())
                .isEqualTo(200);
        assertThat(RawRequest.get(server, Operations.refreshHistoryOf(encoded(userId)), SUPPORT)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void countsCharactersAndNotBytes() {
        String longest = "😀".repeat(128);
        TestLedger.insert(user(longest));

        assertThat(RawRequest.get(server, Operations.STATUS, TestTokens.user(longest))
                        .status())
                .isEqualTo(200);
        assertRefused(encoded(longest + "x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%00",
                "a%00",
                "%0A",
                "%0d%0aSet-Cookie:%20a=b",
                "%7F",
                "%C2%85",
                "%ff",
                "%ff%fe",
                "%C3",
                "%C3%28",
                "%C0%AF",
                "%C0%80",
                "%E0%80%AF",
                "%F0%80%80%AF",
                "%ED%A0%80",
                "%F4%90%80%80",
                "%EF%BF%BD",
            })
    void refusesAnIdThatNoUserCanHave(String encoded) {
        assertRefused(encoded);
    }

    /** The HTTP server refuses what is no URI before anything of ours sees it, without a body. */
    @ParameterizedTest
    @ValueSource(strings = {"%", "%z", "%zz", "%4", "%-1", "%u0041", "a%", "%%", "%25%", "%C3%zz", "{", "|", "^", "\\"})
    void refusesWhatIsNoUri(String raw) {
        for (String path : new String[] {
            Operations.STATUS + "?userId=" + raw,
            Operations.refreshHistoryOf(raw),
            Operations.explanationOf(raw),
            "/" + raw,
            Operations.CONFIG + "?" + raw
        }) {
            RawRequest.Answer answer = RawRequest.get(server, path, SUPPORT);

            assertThat(answer.status()).as(path).isEqualTo(400);
            assertThat(answer.body()).as(path).isEmpty();
        }
    }

    @Test
    void refusesALongId() {
        assertRefused("x".repeat(10_000));
        assertRefused("%C3%A4".repeat(10_000));
        assertRefused("x".repeat(129));
    }

    /** It is the id {@code %41}, and not {@code A}. */
    @Test
    void decodesOnceOnly() {
        TestLedger.insert(user("decoded-once-A"));

        Problems.assertProblem(
                RawRequest.get(server, Operations.refreshHistoryOf("decoded-once-%2541"), SUPPORT),
                ProblemCode.USER_NOT_FOUND);
        assertThat(RawRequest.get(server, Operations.refreshHistoryOf("decoded-once-%41"), SUPPORT)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void refusesBytesThatAreNotEscaped() {
        for (String raw : new String[] {"\u00ff", "\u00c3\u00a4", "\u0080", "\u0001", "\u007f", "\t"}) {
            RawRequest.Answer answer = RawRequest.get(server, Operations.refreshHistoryOf("x" + raw), SUPPORT);

            assertThat(answer.status()).as(raw).isIn(400, 404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "userId=", "userId=alice&userId=alice", "userId=a&userId=b", "userId&userId"})
    void takesOneIdOrNone(String query) {
        RawRequest.Answer answer =
                RawRequest.get(server, Operations.STATUS + "?" + query, TestTokens.user("id-nobody"));

        Problems.assertProblem(answer, query.isEmpty() ? ProblemCode.USER_NOT_FOUND : ProblemCode.INVALID_REQUEST);
    }

    @Test
    void knowsNobodyByASubjectThatNoUserCanHave() {
        for (String subject : new String[] {
            "x".repeat(10_000), "x".repeat(129), "a\0b", "\0", "\n", "", "\uFFFD", "\u0085", "a\uD800", " \t"
        }) {
            for (String path : Operations.OWN) {
                Problems.assertProblem(
                        RawRequest.get(server, path, TestTokens.user(subject)), ProblemCode.USER_NOT_FOUND);
            }
        }
    }

    @Test
    void answersForAnotherUserAsForOneWhoDoesNotExist() {
        TestLedger.insert(user("id-bob"));
        for (String path : Operations.OWN) {
            String forBob = RawRequest.get(server, path + "?userId=id-bob", TestTokens.user("id-alice"))
                    .toString();
            String forNobody = RawRequest.get(server, path + "?userId=id-bo2", TestTokens.user("id-alice"))
                    .toString();
            String asNobody =
                    RawRequest.get(server, path, TestTokens.user("id-nobody")).toString();

            assertThat(forBob).contains("status=404", "user_not_found");
            assertThat(forNobody).isEqualTo(forBob);
            assertThat(asNobody).isEqualTo(forBob);
        }
    }

    @Test
    void answersServicesAndOperatorsNoDifferentlyWhoeverTheyName() {
        TestLedger.insert(user("id-carol"));
        for (String role : new String[] {Roles.SERVICE, Roles.SUPPORT, Roles.ADMIN}) {
            RawRequest.Answer answer = RawRequest.get(
                    server, Operations.STATUS + "?userId=id-carol", TestTokens.signed(claims -> {}, role));

            Problems.assertProblem(answer, ProblemCode.FORBIDDEN);
        }
    }

    private void assertRefused(String encoded) {
        Problems.assertProblem(
                RawRequest.get(server, Operations.STATUS + "?userId=" + encoded, TestTokens.user("id-nobody")),
                ProblemCode.INVALID_REQUEST);
        Problems.assertProblem(
                RawRequest.get(server, Operations.refreshHistoryOf(encoded), SUPPORT), ProblemCode.INVALID_REQUEST);
    }

    private static String encoded(String userId) {
        return URLEncoder.encode(userId, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace(".", "%2E");
    }
}
