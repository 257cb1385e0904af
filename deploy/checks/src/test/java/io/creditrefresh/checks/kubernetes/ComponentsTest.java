package io.creditrefresh.checks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Components are all rendered by some overlay, and repeat nothing by hand. */
class ComponentsTest {

    @Test
    void areEachInAnOverlayThatIsTested() throws IOException {
        Set<String> used = Overlay.NAMES.stream()
                .map(name -> Project.text("k8s/overlays/" + name + "/kustomization.yaml"))
                .flatMap(text -> Overlay.elements(Overlay.yaml(text).get(0).path("components")))
                .map(component -> component.asText().replaceAll(".*/", ""))
                .collect(Collectors.toSet());

        try (Stream<Path> folders = Files.list(Project.ROOT.resolve("k8s/components"))) {
            assertThat(folders.map(folder -> folder.getFileName().toString())).hasSameElementsAs(used);
        }
    }

    @Test
    void haveTheRulesOfPrometheusAsTheyAreTested() {
        ArrayNode rules = JsonNodeFactory.instance.arrayNode();
        Project.files("deploy/monitoring/rules", ".rules.yaml").stream()
                .map(file -> Project.text(file.toString()))
                .flatMap(text -> Overlay.elements(Overlay.yaml(text).get(0).path("groups")))
                .forEach(rules::add);

        JsonNode rendered =
                Overlay.of("prod").get("PrometheusRule", "credit-refresh").at("/spec/groups");

        assertThat(rendered)
                .as("after a change of the rules run: node deploy/checks/prometheus-rules.mjs")
                .isEqualTo(rules);
    }
}
