package io.creditrefresh.checks.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;

/** The models of Kubernetes and of the operators, by deploy/checks/validate-objects.mjs. */
final class Models {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Models() {}

    /**
     * What a model does not allow.
     *
     * @param index of the object in the list that was asked about
     * @param path where in the object, empty for itself
     */
    record Finding(int index, String path, String problem) {}

    static List<Finding> findings(List<JsonNode> objects) {
        if (!Files.isDirectory(Project.CHECKS.resolve("node_modules/typescript"))) {
            throw new IllegalStateException(
                    "the models are not installed: npm ci --ignore-scripts --prefix deploy/checks");
        }
        try {
            String answer =
                    Project.run("validate objects", JSON.writeValueAsString(objects), "node", "validate-objects.mjs");
            return Arrays.asList(JSON.readValue(answer, Finding[].class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
