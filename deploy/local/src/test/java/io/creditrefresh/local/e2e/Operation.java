package io.creditrefresh.local.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.creditrefresh.local.stack.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Something that a service offers, as its OpenAPI file says.
 *
 * @param path with its variables, as {@code /api/admin/users/{userId}/refresh-history}
 * @param isOpen needs no token
 * @param isAboutANamedUser has a query parameter {@code userId}
 */
record Operation(Service service, String method, String path, boolean isOpen, boolean isAboutANamedUser) {

    static final String NAMING_A_USER = "?userId={userId}";

    private static final String FILE = "openapi.yaml";
    private static final List<String> METHODS =
            List.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    /** Of all services that have committed an OpenAPI file. */
    static List<Operation> readAll(Path repository) throws IOException {
        List<Operation> operations = new ArrayList<>();
        try (Stream<Path> folders = Files.list(repository)) {
            for (Path folder : folders.sorted().toList()) {
                if (Files.exists(folder.resolve(FILE))) {
                    operations.addAll(read(folder));
                }
            }
        }
        return operations;
    }

    /** How the table names the calls of this operation: as it is, and again naming a user where a query may do so. */
    List<String> calls() {
        String call = method + " " + path;
        return isAboutANamedUser ? List.of(call, call + NAMING_A_USER) : List.of(call);
    }

    private static List<Operation> read(Path module) throws IOException {
        Service service = serviceOf(module.getFileName().toString());
        JsonNode document = new YAMLMapper().readTree(module.resolve(FILE).toFile());
        List<Operation> operations = new ArrayList<>();
        for (var path : document.required("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                if (METHODS.contains(operation.getKey())) {
                    operations.add(new Operation(
                            service,
                            operation.getKey().toUpperCase(Locale.ROOT),
                            path.getKey(),
                            isOpen(operation.getValue(), document),
                            namesUser(path.getValue()) || namesUser(operation.getValue())));
                }
            }
        }
        return operations;
    }

    private static Service serviceOf(String module) {
        return Arrays.stream(Service.Kind.values())
                .filter(kind -> kind.module().equals(module))
                .findFirst()
                .map(kind -> new Service(kind, 1))
                .orElseThrow(() -> new IllegalStateException("no service is made from " + module));
    }

    /** What the operation says of security counts, else what the document says. */
    private static boolean isOpen(JsonNode operation, JsonNode document) {
        return (operation.has("security") ? operation : document)
                .path("security")
                .isEmpty();
    }

    private static boolean namesUser(JsonNode described) {
        return StreamSupport.stream(described.path("parameters").spliterator(), false)
                .anyMatch(parameter -> parameter.path("in").asText().equals("query")
                        && parameter.path("name").asText().equals("userId"));
    }
}
