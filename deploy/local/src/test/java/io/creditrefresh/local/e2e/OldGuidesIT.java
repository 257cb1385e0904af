package io.creditrefresh.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditrefresh.local.e2e.Caller.Answer;
import io.creditrefresh.local.e2e.OldGuides.Command;
import io.creditrefresh.local.stack.Artefacts;
import io.creditrefresh.local.stack.Service;
import io.creditrefresh.local.token.Bearer;
import io.creditrefresh.local.token.Tokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every API command of the old guides runs as written there, and answers with the fields that they promise. */
class OldGuidesIT {

    private static final String USER = "alice";

    @Test
    void runAsWritten(@TempDir Path directory) throws Exception {
        Map<String, Service> services = services();
        List<String> differences = new ArrayList<>();
        try (Pipeline pipeline = new Pipeline(directory)) {
            pipeline.importUsers("""
                    userId,email,tier,creditBalance,lastCreditRefresh,creditRefreshHold,creditRefreshDay,customCreditAmount
                    alice,,free,400,,,,
                    """);
            pipeline.start(Service.API, Service.PLANNER, Service.worker(1));
            Map<String, Caller> callers = callers(pipeline.stack().tokens());

            for (Command command : OldGuides.read()) {
                Service service = Objects.requireNonNull(services.get(command.call()), command.call());
                String[] call = command.call().replace("{userId}", USER).split(" ");
                Answer answer = Objects.requireNonNull(callers.get(command.token()), command.token())
                        .callAsCurl(
                                call[0],
                                pipeline.stack().ports().url(service) + call[1],
                                command.contentTypeHeader(),
                                command.body().replace("{userId}", USER));
                if (answer.status() != command.status() || !hasAll(answer.json(), command.fields())) {
                    differences.add("%s: expected %d with %s, got %s"
                            .formatted(command.call(), command.status(), command.fields(), answer.brief()));
                }
            }
        }

        assertThat(differences)
                .as("commands of %s that do not run as written", OldGuides.FILE)
                .isEmpty();
    }

    private static boolean hasAll(JsonNode answer, List<String> fields) {
        return fields.stream()
                .map(field -> field.split("=", 2))
                .allMatch(field -> answer.has(field[0])
                        && (field.length == 1 || answer.get(field[0]).asText().equals(field[1])));
    }

    /** Which service offers what. */
    private static Map<String, Service> services() throws Exception {
        return Operation.readAll(Artefacts.find().home()).stream()
                .collect(Collectors.toMap(operation -> operation.calls().get(0), Operation::service));
    }

    private static Map<String, Caller> callers(Tokens tokens) {
        return Map.of(
                "nobody", Caller.nobody(),
                "user", Caller.with(tokens.of(Bearer.user(USER))),
                "admin", Caller.with(tokens.of(Bearer.ADMIN)),
                "service", Caller.with(tokens.of(Bearer.SERVICE)));
    }
}
