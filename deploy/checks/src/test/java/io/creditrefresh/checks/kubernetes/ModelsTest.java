package io.creditrefresh.checks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditrefresh.checks.kubernetes.Models.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every object is what its model allows; and the models are seen to refuse what they should. */
class ModelsTest {

    /** Maps whose keys are the user's own: no model can know them. */
    private static final Pattern FREE_MAP =
            Pattern.compile("/metadata/(labels|annotations)$|/matchLabels$|^Service/spec/selector$|^ConfigMap/data$"
                    + "|^ExternalSecret/spec/target/template/data$"
                    + "|^Kafka/spec/kafka/config|^KafkaTopic/spec/config|^ScaledObject/spec/triggers/\\d+/metadata$"
                    + "|^Cluster/spec/(postgresql|plugins/\\d+)/parameters$"
                    + "|^PrometheusRule/spec/groups/\\d+/(labels|rules/\\d+/(labels|annotations))$");

    @ParameterizedTest
    @MethodSource("io.creditrefresh.checks.kubernetes.Overlay#all")
    void allowEveryObject(Overlay overlay) {
        List<JsonNode> objects =
                overlay.objects().stream().map(KubeObject::json).toList();

        List<Finding> findings = Models.findings(objects);

        assertThat(findings.stream().map(finding -> "%s: %s: %s: %s"
                        .formatted(overlay, overlay.objects().get(finding.index()), finding.path(), finding.problem())))
                .isEmpty();
    }

    @Test
    void refuseAnUnknownFieldWhereverItStands() {
        List<Broken> broken = everywhere((object, place) -> {
            if (place.value() instanceof ObjectNode fields) {
                fields.put("imagePolicyy", "text");
                return true;
            }
            return false;
        });

        assertThat(accepted(broken)).isEmpty();
        assertThat(broken).hasSizeGreaterThan(200);
    }

    @Test
    void refuseAWrongTypeWhereverItStands() {
        List<Broken> broken = everywhere((object, place) -> {
            JsonNode wrong = place.value().isContainerNode()
                    ? JsonNodeFactory.instance.textNode("text")
                    : JsonNodeFactory.instance.objectNode().put("no", "value");
            return place.replace(wrong);
        });

        assertThat(accepted(broken)).isEmpty();
        assertThat(broken).hasSizeGreaterThan(600);
    }

    @Test
    void refuseWhatLacksARequiredField() {
        List<Broken> broken = everywhere((object, place) -> place.remove());
        Set<Integer> refused = refused(broken);

        Set<String> required = IntStream.range(0, broken.size())
                .filter(refused::contains)
                .mapToObj(index -> broken.get(index).place().replaceAll("/\\d+(?=/|$)", "/#"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(required)
                .contains(
                        "Deployment/spec/selector",
                        "Deployment/spec/template/spec/containers/#/name",
                        "Deployment/spec/template/spec/containers/#/livenessProbe/httpGet/port",
                        "CronJob/spec/schedule",
                        "Ingress/spec/rules/#/http/paths/#/pathType",
                        "Kafka/spec/kafka/listeners/#/tls",
                        "KafkaNodePool/spec/replicas",
                        "KafkaUser/spec/authorization/acls/#/resource",
                        "Cluster/spec/instances",
                        "ScheduledBackup/spec/schedule",
                        "ScaledObject/spec/triggers",
                        "TriggerAuthentication/spec/secretTargetRef/#/parameter",
                        "HorizontalPodAutoscaler/spec/maxReplicas",
                        "PodMonitor/spec/selector",
                        "ExternalSecret/spec/data/#/remoteRef/key");
    }

    @Test
    void refuseAKindThatNobodyKnows() {
        JsonNode object = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "apps/v2")
                .put("kind", "Deployment");

        assertThat(Models.findings(List.of(object)))
                .containsExactly(new Finding(0, "", "there is no model of apps/v2 Deployment"));
    }

    private record Broken(String place, JsonNode object) {}

    private interface Breakage {

        /** Whether the object, a copy, is now broken. */
        boolean apply(JsonNode object, Place place);
    }

    /** A value within an object. */
    private record Place(JsonNode parent, String key, JsonNode value) {

        boolean replace(JsonNode other) {
            if (parent instanceof ObjectNode fields) {
                fields.set(key, other);
            } else {
                ((ArrayNode) parent).set(Integer.parseInt(key), other);
            }
            return true;
        }

        boolean remove() {
            return parent instanceof ObjectNode fields && fields.remove(key) != null;
        }
    }

    /** One object of each kind, broken at one place after the other. */
    private static List<Broken> everywhere(Breakage breakage) {
        Map<String, JsonNode> kinds = new LinkedHashMap<>();
        Overlay.all()
                .flatMap(overlay -> overlay.objects().stream())
                .forEach(object -> kinds.putIfAbsent(object.kind(), object.json()));
        List<Broken> broken = new ArrayList<>();
        kinds.forEach((kind, object) -> {
            for (String pointer : pointers(object, "")) {
                if (FREE_MAP.matcher(kind + pointer).find()) {
                    continue;
                }
                JsonNode copy = object.deepCopy();
                int last = pointer.lastIndexOf('/');
                String key = pointer.substring(last + 1).replace("~1", "/").replace("~0", "~");
                if (breakage.apply(copy, new Place(copy.at(pointer.substring(0, last)), key, copy.at(pointer)))) {
                    broken.add(new Broken(kind + pointer, copy));
                }
            }
        });
        return broken;
    }

    private static List<String> pointers(JsonNode node, String from) {
        List<String> pointers = new ArrayList<>();
        if (node.isArray()) {
            for (int index = 0; index < node.size(); index++) {
                pointers.add(from + "/" + index);
                pointers.addAll(pointers(node.get(index), from + "/" + index));
            }
        }
        node.properties().forEach(entry -> {
            String pointer = from + "/" + entry.getKey().replace("~", "~0").replace("/", "~1");
            pointers.add(pointer);
            pointers.addAll(pointers(entry.getValue(), pointer));
        });
        return pointers;
    }

    private static List<String> accepted(List<Broken> broken) {
        Set<Integer> refused = refused(broken);
        return IntStream.range(0, broken.size())
                .filter(index -> !refused.contains(index))
                .mapToObj(index -> broken.get(index).place())
                .toList();
    }

    private static Set<Integer> refused(List<Broken> broken) {
        return Models.findings(broken.stream().map(Broken::object).toList()).stream()
                .map(Finding::index)
                .collect(Collectors.toSet());
    }
}
