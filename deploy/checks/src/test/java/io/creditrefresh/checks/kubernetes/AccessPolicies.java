package io.creditrefresh.checks.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may reach what, and where secrets stand. */
final class AccessPolicies {

    static final List<Policy> ALL = List.of(
            new Policy("the namespace is restricted", AccessPolicies::podSecurity),
            new Policy("nothing is open by default", AccessPolicies::defaultDeny),
            new Policy("each pod has a network policy", AccessPolicies::networkPolicies),
            new Policy("who calls is let in by who is called", AccessPolicies::calls),
            new Policy("who may go out goes to public addresses of both kinds", AccessPolicies::outside),
            new Policy("secrets are only referred to", AccessPolicies::secrets),
            new Policy("what is referred to is there", AccessPolicies::references));

    private static final Pattern SECRET_NAME = Pattern.compile("PASSWORD|SECRET|API_KEY|JAAS|CREDENTIAL|PRIVATE");
    private static final Pattern SECRET_VALUE =
            Pattern.compile("password=|//[^/\\s]+:[^/\\s]+@|-----BEGIN|\\b(sk|rk|whsec)_|eyJ[A-Za-z0-9_-]{10}");

    /** All addresses of each kind, and what of them is not public. */
    private static final Map<String, Set<String>> PRIVATE = Map.of(
            "0.0.0.0/0",
            Set.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"),
            "::/0",
            Set.of("fc00::/7", "fe80::/10"));

    private AccessPolicies() {}

    private static List<String> podSecurity(Overlay overlay) {
        Findings findings = new Findings();
        List<KubeObject> namespaces = overlay.ofKind("Namespace").toList();
        findings.check(namespaces.size() == 1, overlay, "Namespace", "there should be one");
        namespaces.forEach(namespace -> {
            for (String mode : List.of("enforce", "audit", "warn")) {
                findings.equal(
                        namespace,
                        namespace.json(),
                        "/metadata/labels/pod-security.kubernetes.io~1" + mode,
                        "restricted");
            }
            overlay.objects().stream()
                    .filter(object -> !object.kind().equals("Namespace"))
                    .forEach(object -> findings.equal(object, object.json(), "/metadata/namespace", namespace.name()));
        });
        return findings.lines();
    }

    private static List<String> defaultDeny(Overlay overlay) {
        Findings findings = new Findings();
        findings.check(
                overlay.ofKind("NetworkPolicy")
                        .anyMatch(policy -> policy.at("/spec/podSelector").isEmpty()
                                && types(policy).equals(Set.of("Ingress", "Egress"))
                                && policy.at("/spec/ingress").isMissingNode()
                                && policy.at("/spec/egress").isMissingNode()),
                overlay,
                "NetworkPolicy",
                "no policy closes both ways for all pods");
        return findings.lines();
    }

    private static Set<String> types(KubeObject policy) {
        Set<String> types = new HashSet<>();
        policy.at("/spec/policyTypes").forEach(type -> types.add(type.asText()));
        return types;
    }

    private static List<String> networkPolicies(Overlay overlay) {
        Findings findings = new Findings();
        overlay.workloads().forEach(object -> {
            JsonNode labels = object.podTemplate().orElseThrow().at("/metadata/labels");
            findings.check(
                    overlay.ofKind("NetworkPolicy")
                            .anyMatch(policy -> KubeObject.selects(policy.at("/spec/podSelector/matchLabels"), labels)
                                    && types(policy).equals(Set.of("Ingress", "Egress"))
                                    && policy.at("/spec/egress").size() > 0),
                    object,
                    "/metadata/labels",
                    "no network policy is for its pods");
        });
        // Pods that operators make, by the label that these put on them.
        Map.of("Cluster", "cnpg.io/cluster", "Kafka", "strimzi.io/cluster").forEach((kind, label) -> overlay.ofKind(
                        kind)
                .forEach(object -> findings.check(
                        overlay.ofKind("NetworkPolicy").anyMatch(policy -> policy.at("/spec/podSelector/matchLabels")
                                .path(label)
                                .asText()
                                .equals(object.name())),
                        object,
                        "/metadata/name",
                        "no network policy is for its pods")));
        return findings.lines();
    }

    /** What a pod may reach within the namespace lets it in, too: of the other two answers, one is always a mistake. */
    private static List<String> calls(Overlay overlay) {
        Findings findings = new Findings();
        overlay.ofKind("NetworkPolicy")
                .forEach(caller -> caller.at("/spec/egress").forEach(rule -> {
                    for (JsonNode peer : rule.path("to")) {
                        JsonNode called = peer.at("/podSelector/matchLabels");
                        if (called.isMissingNode() || peer.has("namespaceSelector")) {
                            continue;
                        }
                        for (JsonNode port : rule.path("ports")) {
                            findings.check(
                                    overlay.ofKind("NetworkPolicy")
                                            .filter(policy -> policy.at("/spec/podSelector/matchLabels")
                                                    .equals(called))
                                            .anyMatch(policy -> letsIn(policy, caller, port)),
                                    caller,
                                    "/spec/egress",
                                    "%s does not let it in at %s".formatted(called, port.path("port")));
                        }
                    }
                }));
        return findings.lines();
    }

    private static boolean letsIn(KubeObject policy, KubeObject caller, JsonNode port) {
        JsonNode callers = caller.at("/spec/podSelector/matchLabels");
        return Overlay.elements(policy.at("/spec/ingress"))
                .filter(rule -> Overlay.elements(rule.path("ports")).anyMatch(port::equals))
                .flatMap(rule -> Overlay.elements(rule.path("from")))
                .anyMatch(peer -> peer.at("/podSelector/matchLabels").equals(callers));
    }

    private static List<String> outside(Overlay overlay) {
        Findings findings = new Findings();
        overlay.ofKind("NetworkPolicy")
                .forEach(policy -> policy.at("/spec/egress").forEach(rule -> {
                    Map<String, Set<String>> blocks = Overlay.elements(rule.path("to"))
                            .map(peer -> peer.path("ipBlock"))
                            .filter(block -> !block.isMissingNode())
                            .collect(
                                    Collectors.toMap(block -> block.path("cidr").asText(), AccessPolicies::exceptions));
                    findings.check(
                            blocks.keySet().stream().noneMatch(PRIVATE::containsKey) || blocks.equals(PRIVATE),
                            policy,
                            "/spec/egress",
                            blocks + " should be " + PRIVATE);
                }));
        return findings.lines();
    }

    private static Set<String> exceptions(JsonNode block) {
        return Overlay.elements(block.path("except")).map(JsonNode::asText).collect(Collectors.toSet());
    }

    private static List<String> secrets(Overlay overlay) {
        Findings findings = new Findings();
        overlay.ofKind("Secret").forEach(secret -> findings.check(false, secret, "", "secrets are not kept here"));
        overlay.ofKind("ConfigMap").forEach(map -> KubeObject.strings(map.at("/data"))
                .forEach((key, value) ->
                        findings.check(isPlain(key, value), map, "/data/" + key, "looks like a secret")));
        overlay.workloads().forEach(object -> object.containers().stream()
                .flatMap(container -> Overlay.elements(container.path("env")))
                .forEach(variable -> findings.check(
                        variable.has("valueFrom")
                                || isPlain(
                                        variable.path("name").asText(),
                                        variable.path("value").asText()),
                        object,
                        "/env/" + variable.path("name").asText(),
                        "looks like a secret")));
        return findings.lines();
    }

    private static boolean isPlain(String name, String value) {
        boolean named = SECRET_NAME.matcher(name).find() && !name.endsWith("_FILE");
        return !named && !SECRET_VALUE.matcher(value).find();
    }

    private static List<String> references(Overlay overlay) {
        Findings findings = new Findings();
        String readme = Project.text("k8s/README.md");
        overlay.workloads().forEach(object -> {
            JsonNode pod = object.podTemplate().orElseThrow().path("spec");
            findings.check(
                    overlay.find(
                                    "ServiceAccount",
                                    pod.path("serviceAccountName").asText())
                            .isPresent(),
                    object,
                    "/serviceAccountName",
                    "there is no such account");
            Stream.concat(pod.findValues("configMapRef").stream(), pod.findValues("configMap").stream())
                    .map(reference -> reference.path("name").asText())
                    .forEach(name -> findings.check(
                            overlay.find("ConfigMap", name).isPresent() || readme.contains("`" + name + "`"),
                            object,
                            "ConfigMap " + name,
                            "is neither rendered nor in k8s/README.md"));
            Stream.concat(
                            pod.findValuesAsText("secretName").stream(),
                            pod.findValues("secretKeyRef").stream()
                                    .map(reference -> reference.path("name").asText()))
                    .forEach(name -> findings.check(
                            isMade(overlay, name) || readme.contains("`" + name + "`"),
                            object,
                            "Secret " + name,
                            "is neither made by an operator nor in k8s/README.md"));
        });
        return findings.lines();
    }

    private static boolean isMade(Overlay overlay, String secret) {
        return Stream.of(
                        overlay.ofKind("ExternalSecret").map(KubeObject::name),
                        overlay.ofKind("KafkaUser").map(KubeObject::name),
                        overlay.ofKind("Kafka").map(kafka -> kafka.name() + "-cluster-ca-cert"),
                        overlay.ofKind("Cluster").map(cluster -> cluster.name() + "-ca"))
                .flatMap(names -> names)
                .anyMatch(secret::equals);
    }
}
