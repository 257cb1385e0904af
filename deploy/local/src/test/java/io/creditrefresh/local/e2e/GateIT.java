package io.creditrefresh.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditrefresh.local.e2e.Caller.Answer;
import io.creditrefresh.local.stack.Service;
import io.creditrefresh.local.stack.ServiceProcess;
import io.creditrefresh.local.token.Bearer;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example for integrators, copied by nobody but run as it stands: a backend whose methods cost credits. */
class GateIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int HAD = 900;
    private static final String USERS =
            "userId,email,tier,creditBalance,lastCreditRefresh,creditRefreshHold,creditRefreshDay,customCreditAmount\n"
                    + users(
                            HAD,
                            "plain",
                            "failing",
                            "repeating",
                            "body",
                            "again",
                            "standing",
                            "lost",
                            "unheard",
                            "unsure")
                    + users(HAD, "away", "stopped")
                    + users(2, "both", "poor")
                    + users(1_000, "v2");

    @TempDir
    static Path directory;

    private static Pipeline pipeline;
    private static LossyLine line;
    private static GateProcess gate;

    @BeforeAll
    static void start() throws Exception {
        pipeline = new Pipeline(directory);
        pipeline.importUsers(USERS);
        ServiceProcess api =
                pipeline.stack().start(Service.API, Map.of("CREDITS_UPGRADE_URL", "https://example.com/upgrade"));
        assertThat(api.awaitReady(LIMIT)).isTrue();
        line = new LossyLine(api.url());
        gate = gate(70, line.url());
    }

    @AfterAll
    static void end() {
        Stream.of(gate, line, pipeline).filter(each -> each != null).forEach(GateIT::close);
    }

    @BeforeEach
    void storeDocuments() throws Exception {
        store("letter", "Dear Sir or Madam");
        store("blank", " ");
        store("broken", "unreadable");
        store("odd", "unprintable");
    }

    @AfterEach
    void losesNothingUnasked() {
        assertThat(line.toLose()).isZero();
    }

    @Test
    void chargesOnceAndRunsTheMethod() throws Exception {
        HttpResponse<String> answer = analyse("plain", "letter", "");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(JSON.readTree(answer.body()).path("length").asInt()).isEqualTo(17);
        assertThat(entries("plain")).isEqualTo("CONSUME -3");
        JsonNode details = JSON.readTree(
                pipeline.query(
                        "SELECT metadata FROM ledger_entry e JOIN credit_account a ON a.id = e.account_id"
                                + " JOIN subscriber s ON s.id = a.subscriber_id WHERE s.user_id = 'plain' AND type = 'CONSUME'"));
        assertThat(details.path("action").asText()).isEqualTo("document-analysis");
        assertThat(details.path("platform").asText()).isEqualTo("web");
        assertThat(details.path("metadata").path("operation").asText()).isEqualTo("Documents.analyse");
    }

    @ParameterizedTest
    @CsvSource({"missing, 404", "broken, 500", "blank, 422", "odd, 500"})
    void givesBackWhateverWayTheMethodFails(String document, int status) throws Exception {
        long before = balance("failing");
        long looks = looks();

        HttpResponse<String> answer = analyse("failing", document, "");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(looks()).as("the method has run").isEqualTo(looks + 1);
        assertThat(entries("failing")).endsWith("CONSUME -3, REFUND 3");
        assertThat(balance("failing")).isEqualTo(before);
    }

    @Test
    void refusesWithWhatIsMissingAndDoesNotRunTheMethod() throws Exception {
        long looks = looks();

        HttpResponse<String> answer = analyse("poor", "letter", "");

        assertThat(answer.statusCode()).isEqualTo(402);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.path("code").asText()).isEqualTo("insufficient_credits");
        assertThat(problem.path("items").get(0).path("missing").asInt()).isEqualTo(1);
        assertThat(problem.path("nextRefreshAt").asText()).isEqualTo("2026-12-10T10:00:00Z");
        assertThat(problem.path("upgradeUrl").asText()).isEqualTo("https://example.com/upgrade");
        assertThat(problem.has("instance")).isFalse();
        assertThat(looks()).isEqualTo(looks);
        assertThat(entries("poor")).isEmpty();
    }

    @Test
    void givesTheFirstKindBackWhenThereIsNotEnoughOfTheSecond() throws Exception {
        HttpResponse<String> answer = gate.send("both", "POST", "/documents/letter/roast", "", "");

        assertThat(answer.statusCode()).isEqualTo(402);
        assertThat(balance("both")).isEqualTo(2);
    }

    @Test
    void refusesWhoeverIsNotSignedIn() throws Exception {
        assertThat(analyse("", "letter", "").statusCode()).isEqualTo(401);
    }

    @Test
    void chargesARepeatedRequestOnce() throws Exception {
        String key = UUID.randomUUID().toString();
        assertThat(analyse("repeating", "letter", key).statusCode()).isEqualTo(200);

        assertThat(analyse("repeating", "letter", key).statusCode()).isEqualTo(200);

        assertThat(entries("repeating")).isEqualTo("CONSUME -3");
    }

    @Test
    void chargesAnotherRequestUnderTheSameKey() throws Exception {
        String key = UUID.randomUUID().toString();
        assertThat(analyse("body", "letter", key, "in short").statusCode()).isEqualTo(200);

        assertThat(analyse("body", "letter", key, "at length").statusCode()).isEqualTo(200);

        assertThat(entries("body")).isEqualTo("CONSUME -3, CONSUME -3");
    }

    @Test
    void chargesAnewAfterAFailureAndOnce() throws Exception {
        String key = UUID.randomUUID().toString();
        assertThat(analyse("again", "draft", key).statusCode()).isEqualTo(404);
        assertThat(analyse("again", "draft", key).statusCode()).isEqualTo(404);
        store("draft", "To whom it may concern");

        assertThat(analyse("again", "draft", key).statusCode()).isEqualTo(200);
        assertThat(analyse("again", "draft", key).statusCode()).isEqualTo(200);

        assertThat(entries("again")).isEqualTo("CONSUME -3, REFUND 3, CONSUME -3, REFUND 3, CONSUME -3");
    }

    @Test
    void keepsWhatWasPaidForWorkThatWasDoneWhenARepetitionFails() throws Exception {
        String key = UUID.randomUUID().toString();
        store("page", "One page");
        assertThat(analyse("standing", "page", key).statusCode()).isEqualTo(200);
        gate.send("standing", "DELETE", "/documents/page", "", "");

        assertThat(analyse("standing", "page", key).statusCode()).isEqualTo(404);

        assertThat(entries("standing")).isEqualTo("CONSUME -3");
    }

    @Test
    void chargesOnceWhenAnswersAreLost() throws Exception {
        line.lose(2, "/api/credits/consume");

        assertThat(analyse("lost", "letter", "").statusCode()).isEqualTo(200);

        assertThat(entries("lost")).isEqualTo("CONSUME -3");
    }

    @Test
    void givesBackOnceWhenAnswersAreLost() throws Exception {
        line.lose(2, "/api/credits/refund");

        assertThat(analyse("unheard", "missing", "").statusCode()).isEqualTo(404);

        assertThat(entries("unheard")).isEqualTo("CONSUME -3, REFUND 3");
    }

    @Test
    void givesBackWhatItCannotSayWasSpent() throws Exception {
        long looks = looks();
        String key = UUID.randomUUID().toString();
        line.lose(3, "/api/credits/consume");

        HttpResponse<String> answer = analyse("unsure", "letter", key);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(looks()).isEqualTo(looks);
        assertThat(entries("unsure")).isEqualTo("CONSUME -3, REFUND 3");
        assertThat(analyse("unsure", "letter", key).statusCode()).isEqualTo(200);
        assertThat(balance("unsure")).isEqualTo(HAD - 3);
    }

    @Test
    void saysInTheLogWhatItCouldNotGiveBack() throws Exception {
        line.lose(3, "/api/credits/refund");

        assertThat(analyse("away", "missing", "").statusCode()).isEqualTo(404);

        // It was heard, but nobody knows here: repeated under the keys of the log, it is done once.
        String said = Files.readString(log(70))
                .lines()
                .filter(each -> each.contains("Credits not given back: user away, "))
                .findFirst()
                .orElseThrow();
        String spend = said.replaceAll(".*spend (\\S+), refund.*", "$1");
        String refund = said.replaceAll(".*refund under (\\S+): .*", "$1");
        Answer answer = Caller.with(token(Bearer.SERVICE))
                .call(
                        "POST",
                        pipeline.stack().ports().url(Service.API) + "/api/credits/refund",
                        "{\"userId\": \"away\", \"idempotencyKey\": \"" + spend + "\"}",
                        refund);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(entries("away")).isEqualTo("CONSUME -3, REFUND 3");
    }

    @Test
    void refusesWhileTheApiIsAwayAndDoesNotRunTheMethod() throws Exception {
        try (GateProcess alone =
                gate(71, "http://localhost:" + (pipeline.stack().ports().base() + 72))) {
            alone.send("plain", "PUT", "/documents/letter", "Dear Sir or Madam", "");

            HttpResponse<String> answer = alone.send("plain", "POST", "/documents/letter/analysis", "", "");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
            HttpResponse<String> document = alone.send("plain", "GET", "/documents/letter", "", "");
            assertThat(JSON.readTree(document.body()).path("looks").asInt()).isZero();
        }
    }

    @Test
    void refusesWhileSpendingIsStopped() throws Exception {
        admin("POST", "/spending/stop", "{}");
        try {
            HttpResponse<String> answer = analyse("stopped", "letter", "");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(JSON.readTree(answer.body()).path("code").asText()).isEqualTo("spending_stopped");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(entries("stopped")).isEmpty();
        } finally {
            admin("POST", "/spending/start", "{}");
        }
    }

    @Test
    void chargesUnitsOfWhoIsInCreditsV2() throws Exception {
        admin("PUT", "/users/v2/refresh-settings", "{\"creditsV2\": true}");

        assertThat(gate.send("v2", "POST", "/documents/letter/roast", "", "").statusCode())
                .isEqualTo(200);
        assertThat(gate.send("v2", "POST", "/documents/missing/roast", "", "").statusCode())
                .isEqualTo(404);

        assertThat(balance("v2", "analysis")).isEqualTo(100 - 1);
        assertThat(balance("v2", "roast")).isEqualTo(10 - 2);
    }

    private static String users(int credits, String... ids) {
        return Stream.of(ids)
                .map(id -> id + ",,free," + credits + ",2026-11-10T10:00:00Z,,,\n")
                .collect(Collectors.joining());
    }

    private static HttpResponse<String> analyse(String user, String document, String key) throws Exception {
        return analyse(user, document, key, "");
    }

    private static HttpResponse<String> analyse(String user, String document, String key, String options)
            throws Exception {
        return gate.send(user, "POST", "/documents/" + document + "/analysis", options, key);
    }

    private static void store(String document, String text) throws Exception {
        assertThat(gate.send("editor", "PUT", "/documents/" + document, text, "")
                        .statusCode())
                .isEqualTo(204);
    }

    /** How often the backend has begun to look at a document. */
    private static long looks() throws Exception {
        HttpResponse<String> shown = gate.send("editor", "GET", "/documents/letter", "", "");
        return JSON.readTree(shown.body()).path("looks").asLong();
    }

    private static long balance(String user) {
        return balance(user, "credits");
    }

    private static long balance(String user, String kind) {
        return pipeline.count("SELECT allowance + bonus FROM credit_account a"
                + " JOIN subscriber s ON s.id = a.subscriber_id"
                + " WHERE s.user_id = '" + user + "' AND a.kind = '" + kind + "'");
    }

    /** What has moved a user's pool since the import, oldest first. */
    private static String entries(String user) {
        return pipeline.query("SELECT coalesce(string_agg(type || ' ' || amount, ', ' ORDER BY seq), '')"
                + " FROM ledger_entry e JOIN credit_account a ON a.id = e.account_id"
                + " JOIN subscriber s ON s.id = a.subscriber_id"
                + " WHERE s.user_id = '" + user + "' AND a.kind = 'credits' AND type <> 'IMPORT'");
    }

    private static void admin(String method, String path, String body) throws Exception {
        String url = pipeline.stack().ports().url(Service.API) + "/api/admin" + path;
        Answer answer = Caller.with(token(Bearer.ADMIN)).call(method, url, body);
        assertThat(answer.isRefusal()).as(answer.brief()).isFalse();
    }

    private static GateProcess gate(int offset, String apiUrl) throws Exception {
        return new GateProcess(
                pipeline.stack().ports().base() + offset,
                Map.of(
                        "GATE_API_URL",
                        apiUrl,
                        "GATE_TOKEN",
                        token(Bearer.SERVICE),
                        "GATE_KEY_SECRET",
                        "a secret",
                        "GATE_TIMEOUT",
                        "10s"),
                log(offset));
    }

    private static Path log(int offset) {
        return directory.resolve("gate-" + offset + ".log");
    }

    private static String token(Bearer bearer) {
        return pipeline.stack().tokens().of(bearer);
    }

    private static void close(AutoCloseable each) {
        try {
            each.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
