package io.creditrefresh.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.local.e2e.Caller.Answer;
import io.creditrefresh.local.stack.Artefacts;
import io.creditrefresh.local.stack.Service;
import io.creditrefresh.local.token.Bearer;
import io.creditrefresh.local.token.Tokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every operation of the OpenAPI files answers every caller as the access table says. */
class AccessTableIT {

    private static final String USER_A = "alice";
    private static final String USER_B = "bob";
    private static final String UNKNOWN_USER = "carol";

    private static List<Operation> operations;
    private static AccessTable table;
    private static Map<String, List<Caller>> callers;
    private static Pipeline pipeline;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        pipeline = new Pipeline(directory);
        operations = Operation.readAll(Artefacts.find().home());
        table = AccessTable.read();
        pipeline.importUsers("""
                userId,email,tier,creditBalance,lastCreditRefresh,creditRefreshHold,creditRefreshDay,customCreditAmount
                alice,,free,400,,,,
                bob,,pro,12000,,,,
                """);
        pipeline.start(operations.stream().map(Operation::service).distinct().toArray(Service[]::new));
        callers = callers(pipeline.stack().tokens());
    }

    @AfterAll
    static void end() {
        pipeline.close();
    }

    @Test
    void hasARowForEveryOperationAndForNoOther() {
        Set<String> offered = operations.stream()
                .flatMap(operation -> operation.calls().stream())
                .collect(Collectors.toSet());

        assertThat(without(offered, table.rows().keySet()))
                .as("what the OpenAPI files offer and %s has no row for", AccessTable.FILE)
                .isEmpty();
        assertThat(without(table.rows().keySet(), offered))
                .as("rows of %s for what no OpenAPI file offers", AccessTable.FILE)
                .isEmpty();
        assertThat(table.callers()).as("columns of %s", AccessTable.FILE).containsExactlyElementsOf(callers.keySet());
    }

    @Test
    void saysWhatEveryoneIsAnswered() throws Exception {
        Map<String, Operation> offered = new HashMap<>();
        operations.forEach(operation -> operation.calls().forEach(call -> offered.put(call, operation)));
        List<String> differences = new ArrayList<>();
        // In the order of the table: what one row stops, the next one starts again.
        for (var row : table.rows().entrySet()) {
            if (offered.containsKey(row.getKey())) {
                differences.addAll(differences(offered.get(row.getKey()), row.getKey(), row.getValue()));
            }
        }

        assertThat(differences)
                .as("answers that %s does not expect", AccessTable.FILE)
                .isEmpty();
    }

    @Test
    void opensToNobodyWhatNeedsNoTokenAndNothingElse() throws Exception {
        Set<String> open = new TreeSet<>();
        for (Operation operation : operations) {
            for (String call : operation.calls()) {
                // What is open may refuse a call for other reasons.
                if (!List.of(401, 403)
                        .contains(call(Caller.nobody(), operation, call, USER_A).status())) {
                    open.add(call);
                }
            }
        }

        assertThat(open)
                .as("what nobody may call, against what has no security in the OpenAPI files")
                .isEqualTo(operations.stream()
                        .filter(Operation::isOpen)
                        .flatMap(operation -> operation.calls().stream())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void hidesAnotherUserLikeOneWhoDoesNotExist() throws Exception {
        Caller userB = callers.get("user B").get(0);
        Caller unknown = Caller.with(pipeline.stack().tokens().of(Bearer.user(UNKNOWN_USER)));
        List<Operation> aboutUsers = operations.stream()
                .filter(Operation::isAboutANamedUser)
                .filter(operation -> isForUsers(operation.calls().get(0)))
                .toList();

        assertThat(aboutUsers).isNotEmpty();
        for (Operation operation : aboutUsers) {
            String call = operation.calls().get(1);
            Answer another = call(userB, operation, call, USER_A);
            assertThat(another.status()).as(call).isEqualTo(404);
            assertThat(call(userB, operation, call, UNKNOWN_USER)).as(call).isEqualTo(another);
            assertThat(call(unknown, operation, operation.calls().get(0), UNKNOWN_USER))
                    .as("%s of a user who does not exist", call)
                    .isEqualTo(another);
        }
    }

    private static boolean isForUsers(String call) {
        return table.rows().get(call).statuses().get("user A") == 200;
    }

    private static List<String> differences(Operation operation, String call, AccessTable.Row row) throws Exception {
        List<String> differences = new ArrayList<>();
        for (var expected : row.statuses().entrySet()) {
            for (Caller caller : callers.getOrDefault(expected.getKey(), List.of())) {
                Answer answer = call(caller, operation, call, USER_A);
                if (answer.status() != expected.getValue() || !isProper(answer)) {
                    differences.add("%s as %s: expected %d, got %s"
                            .formatted(call, expected.getKey(), expected.getValue(), answer.brief()));
                }
            }
        }
        return differences;
    }

    /** No refusal without a problem that names its code, and no server error at all. */
    private static boolean isProper(Answer answer) {
        boolean isProblem = answer.contentType().startsWith("application/problem+json")
                && !answer.json().path("code").asText().isEmpty();
        return answer.status() < 500 && (isProblem || !answer.isRefusal());
    }

    private static Answer call(Caller caller, Operation operation, String call, String userId)
            throws IOException, InterruptedException {
        String target = call.substring(operation.method().length() + 1)
                .replace("{userId}", userId)
                .replace("{provider}", "plain")
                .replace("{id}", "0")
                .replace("{accountId}", "0");
        String body =
                table.rows().containsKey(call) ? table.rows().get(call).body().replace("{userId}", userId) : "";
        String url = pipeline.stack().ports().url(operation.service()) + target;
        return caller.call(operation.method(), url, body);
    }

    /** Who calls, by the columns of the table; those of one column must all get the same answer. */
    private static Map<String, List<Caller>> callers(Tokens tokens) {
        Map<String, Bearer> bearers = new LinkedHashMap<>();
        bearers.put("user A", Bearer.user(USER_A));
        bearers.put("user B", Bearer.user(USER_B));
        bearers.put("support", Bearer.SUPPORT);
        bearers.put("admin", Bearer.ADMIN);
        bearers.put("service", Bearer.SERVICE);
        Map<String, List<Caller>> callers = new LinkedHashMap<>();
        callers.put("nobody", List.of(Caller.nobody()));
        bearers.forEach((name, bearer) -> callers.put(name, List.of(Caller.with(tokens.of(bearer)))));
        callers.put(
                "expired",
                bearers.values().stream()
                        .map(bearer -> Caller.with(tokens.expired(bearer)))
                        .toList());
        return callers;
    }

    private static List<String> without(Set<String> some, Set<String> others) {
        return some.stream().filter(call -> !others.contains(call)).sorted().toList();
    }
}
