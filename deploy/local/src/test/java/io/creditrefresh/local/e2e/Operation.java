package io.creditrefresh.local.e2e;

import io.creditrefresh.local.docs.Offer;
import io.creditrefresh.local.docs.OpenApiFile;
import io.creditrefresh.local.stack.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that a service offers, as its OpenAPI file says.
 *
 * @param path with its variables, as {@code /api/admin/users/{userId}/refresh-history}
 * @param isOpen needs no token
 * @param isAboutANamedUser has a query parameter {@code userId}
 */
record Operation(Service service, String method, String path, boolean isOpen, boolean isAboutANamedUser) {

    static final String NAMING_A_USER = "?userId={userId}";

    /** Of all services that have committed an OpenAPI file. */
    static List<Operation> readAll(Path repository) throws IOException {
        List<Operation> operations = new ArrayList<>();
        for (OpenApiFile file : OpenApiFile.readAll(repository)) {
            for (Offer offer : file.offers()) {
                operations.add(new Operation(
                        new Service(file.kind(), 1), offer.method(), offer.path(), offer.isOpen(), namesUser(offer)));
            }
        }
        return operations;
    }

    /** How the table names the calls of this operation: as it is, and again naming a user where a query may do so. */
    List<String> calls() {
        String call = method + " " + path;
        return isAboutANamedUser ? List.of(call, call + NAMING_A_USER) : List.of(call);
    }

    private static boolean namesUser(Offer offer) {
        return offer.parameters().stream()
                .anyMatch(parameter -> parameter.path("in").asText().equals("query")
                        && parameter.path("name").asText().equals("userId"));
    }
}
