package io.creditrefresh.local.docs;

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

/** The committed OpenAPI file of a service. */
public record OpenApiFile(Service.Kind kind, JsonNode document) {

    private static final String FILE = "openapi.yaml";
    private static final List<String> METHODS =
            List.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    /** Of all services that have one, by the name of their folder. */
    public static List<OpenApiFile> readAll(Path repository) throws IOException {
        List<OpenApiFile> files = new ArrayList<>();
        try (Stream<Path> folders = Files.list(repository)) {
            for (Path folder : folders.sorted().toList()) {
                Path file = folder.resolve(FILE);
                if (Files.exists(file)) {
                    files.add(new OpenApiFile(
                            kindOf(folder.getFileName().toString()), new YAMLMapper().readTree(file.toFile())));
                }
            }
        }
        return files;
    }

    /** What the service offers, by path. */
    public List<Offer> offers() {
        List<Offer> offers = new ArrayList<>();
        for (var path : document.required("paths").properties()) {
            for (String method : METHODS) {
                if (path.getValue().has(method)) {
                    offers.add(new Offer(method.toUpperCase(Locale.ROOT), path.getKey(), path.getValue(), document));
                }
            }
        }
        return offers;
    }

    private static Service.Kind kindOf(String module) {
        return Arrays.stream(Service.Kind.values())
                .filter(kind -> kind.module().equals(module))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no service is made from " + module));
    }
}
