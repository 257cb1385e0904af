package io.creditrefresh.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The OpenAPI file of a module, against what its service says of itself. */
public final class CommittedOpenApi {

    private static final Path COMMITTED = Path.of("openapi.yaml");
    private static final Path SERVED = Path.of("target", "openapi.yaml");

    private CommittedOpenApi() {}

    /** Fails when they differ, and leaves what is served in {@code target}, to be read and committed. */
    public static void assertMatches(String served) throws IOException {
        Files.writeString(SERVED, served);
        String committed = Files.exists(COMMITTED) ? Files.readString(COMMITTED) : "";
        assertThat(served)
                .as("the service has changed: read %s, and copy it to %s if that is meant", SERVED, COMMITTED)
                .isEqualTo(committed);
    }
}
