package io.creditrefresh.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditrefresh.edge.http.CommittedOpenApi;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.edge.token.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URL;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class OpenApiTest {

    private static final String PROBLEM = "#/components/schemas/Problem";

    @TestHTTPResource(value = "/openapi", management = true)
    URL openApi;

    private JsonNode document;

    @BeforeEach
    void read() throws IOException {
        document = new ObjectMapper()
                .readTree(given().queryParam("format", "json").get(openApi).asString());
    }

    @Test
    void servesWhatIsCommitted() throws IOException {
        CommittedOpenApi.assertMatches(given().get(openApi).asString());
    }

    @Test
    void refersToNothingThatIsNotThere() {
        Set<String> references = new TreeSet<>(document.findValuesAsText("$ref"));

        assertThat(references).contains(PROBLEM).allSatisfy(reference -> {
            assertThat(reference).startsWith("#/");
            assertThat(document.at(reference.substring(1)).isMissingNode()).isFalse();
        });
    }

    @Test
    void definesNothingThatNobodyRefersTo() {
        List<String> references = document.findValuesAsText("$ref");

        for (String kind : List.of("schemas", "responses")) {
            assertThat(document.at("/components/" + kind).fieldNames())
                    .toIterable()
                    .allSatisfy(name -> assertThat(references).contains("#/components/" + kind + "/" + name));
        }
    }

    @Test
    void givesEveryOperationAnIdOfItsOwn() {
        assertThat(operations().map(operation -> operation.path("operationId").asText()))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrder(
                        "status",
                        "nextRefresh",
                        "refreshHistory",
                        "refreshHistoryOfUser",
                        "config",
                        "refreshMonitor",
                        "refreshStats",
                        "explain",
                        "consume",
                        "check",
                        "refund",
                        "provision",
                        "changePlan",
                        "syncCredits",
                        "verification",
                        "verify",
                        "deliver",
                        "deliverStripe",
                        "webhooks",
                        "replay",
                        "replaySince",
                        "refreshCredits",
                        "reset",
                        "adjustCredits",
                        "refreshSettings",
                        "changeRefreshSettings",
                        "plans",
                        "setPlan",
                        "rollout",
                        "changeRollout",
                        "rolloutReport",
                        "failures",
                        "failureGroups",
                        "redriveAccount",
                        "redrive",
                        "auditLog",
                        "users",
                        "user",
                        "anonymise",
                        "export",
                        "runs",
                        "simulate",
                        "controls",
                        "pause",
                        "resume",
                        "stopSpending",
                        "startSpending",
                        "bulkRefresh",
                        "restore",
                        "bulkJobs",
                        "bulkJob",
                        "bulkResults",
                        "cancelBulkJob",
                        "workers",
                        "grantOwed");
    }

    @Test
    void saysThatEveryErrorIsAProblem() {
        assertThat(operations()).allSatisfy(operation -> {
            assertThat(operation.get("responses").fieldNames()).toIterable().contains("400", "503");
            assertThat(operation.get("responses").fieldNames()).toIterable().containsAnyOf("200", "202");
            operation.get("responses").properties().forEach(answer -> {
                if (answer.getKey().compareTo("400") >= 0) {
                    JsonNode problem =
                            document.at(answer.getValue().get("$ref").asText().substring(1));
                    assertThat(problem.at("/content/application~1problem+json/schema/$ref")
                                    .asText())
                            .isEqualTo(PROBLEM);
                }
            });
        });
    }

    @Test
    void saysWhoNeedsATokenAndWhoMayNotBeFound() {
        assertThat(operations()).allSatisfy(operation -> {
            String id = operation.get("operationId").asText();
            boolean signed = id.startsWith("deliver");
            boolean open = id.equals("config");
            List<String> parameters = operation.findValuesAsText("name");
            boolean ofSomething = id.equals("check")
                    || Stream.of("userId", "id", "provider", "accountId", "Idempotency-Key")
                            .anyMatch(parameters::contains);
            assertThat(operation.has("security")).isEqualTo(!open && !signed);
            assertThat(operation.at("/responses/401").isMissingNode()).isEqualTo(open);
            assertThat(operation.at("/responses/403").isMissingNode()).isEqualTo(open || signed);
            assertThat(operation.at("/responses/404").isMissingNode()).isEqualTo(!ofSomething);
        });
    }

    @Test
    void namesEveryCodeOfAProblem() {
        JsonNode codes = document.at("/components/schemas/Problem/properties/code/enum");

        assertThat(texts(codes))
                .containsExactlyElementsOf(
                        Stream.of(ProblemCode.values()).map(ProblemCode::code).toList());
        assertThat(document.at("/components/schemas").fieldNames())
                .toIterable()
                .doesNotContain("HttpProblem", "HttpValidationProblem", "Violation", "Instant", "LocalDate");
    }

    @Test
    void saysWhatIsAlwaysThereAndWhatMayBeNull() {
        JsonNode refresh = document.at("/components/schemas/NextRefresh");

        assertThat(texts(refresh.get("required"))).containsExactly("kind", "refreshOverdue");
        assertThat(texts(refresh.at("/properties/amount/type"))).containsExactly("integer", "null");
        assertThat(texts(refresh.at("/properties/at/type"))).containsExactly("string", "null");
        assertThat(refresh.at("/properties/last/anyOf/1/type").asText()).isEqualTo("null");
        assertThat(refresh.at("/properties/kind/type").asText()).isEqualTo("string");
        assertThat(texts(document.at("/components/schemas/AuditedRefresh/required")))
                .containsExactly(
                        "accountId",
                        "seq",
                        "actor",
                        "at",
                        "kind",
                        "type",
                        "oldBalance",
                        "amount",
                        "newBalance",
                        "periodStart",
                        "skippedPeriods");
    }

    @Test
    void saysWhatTheJavadocSays() {
        JsonNode status = document.at("/components/schemas/CreditStatus");

        assertThat(status.get("description").asText()).isEqualTo("What a user has, as a spend would find it.");
        assertThat(status.at("/properties/billingState/description").asText())
                .isEqualTo("`active`, `past_due` or `cancelled`");
    }

    @Test
    void saysWhatALimitMayBe() {
        JsonNode history = document.at("/paths/~1api~1user~1credits~1refresh-history/get/parameters");

        JsonNode limit = StreamSupport.stream(history.spliterator(), false)
                .filter(parameter -> parameter.get("name").asText().equals("limit"))
                .findAny()
                .orElseThrow()
                .get("schema");
        assertThat(limit.get("type").asText()).isEqualTo("integer");
        assertThat(limit.get("minimum").asInt()).isEqualTo(1);
        assertThat(limit.get("maximum").asInt()).isEqualTo(200);
        assertThat(limit.get("default").asInt()).isEqualTo(50);
    }

    @Test
    void showsNothingOfTheTests() {
        assertThat(document.get("paths").fieldNames()).toIterable().noneMatch(path -> path.startsWith("/test"));
    }

    private Stream<JsonNode> operations() {
        return StreamSupport.stream(document.get("paths").spliterator(), false)
                .flatMap(path -> StreamSupport.stream(path.spliterator(), false));
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
