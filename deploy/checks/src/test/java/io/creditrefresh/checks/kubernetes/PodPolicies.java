package io.creditrefresh.checks.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How our pods run. */
final class PodPolicies {

    static final List<Policy> ALL = List.of(
            new Policy("runs as nobody special", pods(PodPolicies::user)),
            new Policy("has no privilege", pods(PodPolicies::privileges)),
            new Policy("has requests and limits", pods(PodPolicies::limits)),
            new Policy("is asked three questions", PodPolicies::probes),
            new Policy("has a pinned image", pods(PodPolicies::image)),
            new Policy("names the registry of its image", pods(PodPolicies::registry)),
            new Policy("has an account of its own and shows no token", pods(PodPolicies::account)),
            new Policy("ends later than its work", PodPolicies::grace),
            new Policy("is spread and evicted one by one", PodPolicies::disruption));

    private static final Set<String> SERVICES = Set.of("credit-api", "refresh-planner", "refresh-worker");
    private static final Pattern SECONDS = Pattern.compile("(\\d+)[sS]?");

    private PodPolicies() {}

    private interface PodRule {

        void check(KubeObject object, JsonNode pod, Findings findings);
    }

    private static Function<Overlay, List<String>> pods(PodRule rule) {
        return overlay -> {
            Findings findings = new Findings();
            overlay.workloads()
                    .forEach(object -> rule.check(
                            object, object.podTemplate().orElseThrow().path("spec"), findings));
            return findings.lines();
        };
    }

    private static void user(KubeObject object, JsonNode pod, Findings findings) {
        findings.equal(object, pod, "/securityContext/runAsNonRoot", true);
        findings.equal(object, pod, "/securityContext/runAsUser", 10001);
        findings.equal(object, pod, "/securityContext/runAsGroup", 10001);
        findings.equal(object, pod, "/securityContext/seccompProfile/type", "RuntimeDefault");
        for (JsonNode container : object.containers()) {
            for (String own : List.of("runAsNonRoot", "runAsUser", "runAsGroup", "seccompProfile")) {
                findings.absent(object, container, "/securityContext/" + own);
            }
        }
    }

    private static void privileges(KubeObject object, JsonNode pod, Findings findings) {
        Stream.of("/hostNetwork", "/hostPID", "/hostIPC", "/shareProcessNamespace", "/securityContext/sysctls")
                .forEach(host -> findings.absent(object, pod, host));
        pod.path("volumes")
                .forEach(volume -> findings.check(
                        Stream.of("emptyDir", "secret", "configMap", "projected")
                                .anyMatch(volume::has),
                        object,
                        "/volumes/" + volume.path("name").asText(),
                        "is of a kind that no pod of ours needs"));
        for (JsonNode container : object.containers()) {
            findings.equal(object, container, "/securityContext/allowPrivilegeEscalation", false);
            findings.equal(object, container, "/securityContext/readOnlyRootFilesystem", true);
            findings.equal(object, container, "/securityContext/capabilities/drop/0", "ALL");
            findings.absent(object, container, "/securityContext/capabilities/add");
            findings.absent(object, container, "/securityContext/privileged");
            findings.absent(object, container, "/ports/0/hostPort");
        }
    }

    private static void limits(KubeObject object, JsonNode pod, Findings findings) {
        for (JsonNode container : object.containers()) {
            for (String resource : List.of("cpu", "memory", "ephemeral-storage")) {
                findings.present(object, container, "/resources/requests/" + resource);
                findings.present(object, container, "/resources/limits/" + resource);
            }
        }
        pod.path("volumes").forEach(volume -> {
            if (volume.has("emptyDir")) {
                findings.present(object, volume, "/emptyDir/sizeLimit");
            }
        });
    }

    private static List<String> probes(Overlay overlay) {
        Findings findings = new Findings();
        Map<String, String> questions = Map.of(
                "startupProbe", "/q/health/started",
                "readinessProbe", "/q/health/ready",
                "livenessProbe", "/q/health/live");
        overlay.ofKind("Deployment").forEach(deployment -> {
            JsonNode container = deployment.containers().get(0);
            questions.forEach((probe, path) -> {
                findings.equal(deployment, container, "/" + probe + "/httpGet/path", path);
                findings.equal(deployment, container, "/" + probe + "/httpGet/port", "management");
            });
            ports(deployment, container, findings);
        });
        return findings.lines();
    }

    private static void ports(KubeObject deployment, JsonNode container, Findings findings) {
        Properties settings = Project.settings(deployment.name());
        Map<String, String> wanted = Map.of("http", "quarkus.http.port", "management", "quarkus.management.port");
        container.path("ports").forEach(port -> {
            String name = port.path("name").asText();
            findings.check(
                    port.path("containerPort").asText().equals(settings.getProperty(wanted.getOrDefault(name, ""))),
                    deployment,
                    "/ports/" + name,
                    "is not the port that application.properties says");
        });
    }

    private static void image(KubeObject object, JsonNode pod, Findings findings) {
        for (JsonNode container : object.containers()) {
            String image = container.path("image").asText();
            String name = image.substring(image.lastIndexOf('/') + 1);
            findings.check(
                    name.matches("[a-z-]+:\\d+\\.\\d+\\.\\d+(@sha256:[0-9a-f]{64})?"),
                    object,
                    "/image",
                    "\"" + image + "\" has no tag of one version");
        }
    }

    /** A name without one is looked up where the node likes to, and somebody else may have that name there. */
    private static void registry(KubeObject object, JsonNode pod, Findings findings) {
        for (JsonNode container : object.containers()) {
            String image = container.path("image").asText();
            findings.check(
                    image.matches("(localhost|[^/]*[.:][^/]*)/.+"),
                    object,
                    "/image",
                    "\"" + image + "\" has no registry");
        }
    }

    private static void account(KubeObject object, JsonNode pod, Findings findings) {
        findings.equal(object, pod, "/serviceAccountName", object.name());
        findings.equal(object, pod, "/automountServiceAccountToken", false);
        // Service links would be read as settings: REFRESH_WORKER_PORT, CREDIT_API_SERVICE_HOST.
        findings.equal(object, pod, "/enableServiceLinks", false);
        pod.path("volumes")
                .forEach(volume -> findings.check(
                        !volume.has("projected") || object.name().equals("credit-refresh-trigger"),
                        object,
                        "/volumes/" + volume.path("name").asText(),
                        "only the trigger has a token"));
    }

    private static List<String> grace(Overlay overlay) {
        Findings findings = new Findings();
        BiConsumer<KubeObject, Integer> longer = (deployment, work) -> {
            int grace = deployment
                    .at("/spec/template/spec/terminationGracePeriodSeconds")
                    .asInt();
            findings.check(
                    grace > work,
                    deployment,
                    "/spec/template/spec/terminationGracePeriodSeconds",
                    grace + " s is not more than the " + work + " s that its work may take");
        };
        overlay.ofKind("Deployment")
                .filter(deployment -> SERVICES.contains(deployment.name()))
                .forEach(deployment -> {
                    Properties settings = Project.settings(deployment.name());
                    int asked = deployment
                            .containers()
                            .get(0)
                            .at("/lifecycle/preStop/sleep/seconds")
                            .asInt();
                    int drain = asked
                            + seconds(settings, "%prod.quarkus.shutdown.delay")
                            + seconds(settings, "quarkus.shutdown.timeout");
                    int socket = seconds(settings, "quarkus.datasource.jdbc.additional-jdbc-properties.socketTimeout");
                    int kafka = seconds(settings, "mp.messaging.outgoing.refresh-jobs.delivery.timeout.ms") / 1000;
                    longer.accept(deployment, Math.max(drain, asked + socket + kafka));
                });
        return findings.lines();
    }

    private static int seconds(Properties settings, String key) {
        Matcher value = SECONDS.matcher(settings.getProperty(key, "0"));
        if (!value.matches()) {
            throw new IllegalStateException(key + " is not a number of seconds");
        }
        return Integer.parseInt(value.group(1));
    }

    private static List<String> disruption(Overlay overlay) {
        Findings findings = new Findings();
        overlay.ofKind("Deployment").forEach(deployment -> {
            JsonNode labels = deployment.at("/spec/template/metadata/labels");
            findings.check(
                    overlay.ofKind("PodDisruptionBudget")
                            .filter(budget -> KubeObject.selects(budget.at("/spec/selector/matchLabels"), labels))
                            .anyMatch(
                                    budget -> budget.at("/spec/maxUnavailable").asInt() == 1
                                            && budget.at("/spec/unhealthyPodEvictionPolicy")
                                                    .asText()
                                                    .equals("AlwaysAllow")),
                    deployment,
                    "/metadata/name",
                    "has no PodDisruptionBudget that lets one go at a time, and those that are not ready");
            findings.equal(deployment, deployment.json(), "/spec/strategy/rollingUpdate/maxUnavailable", 0);
            JsonNode pod = deployment.at("/spec/template/spec");
            findings.equal(deployment, pod, "/topologySpreadConstraints/0/topologyKey", "topology.kubernetes.io/zone");
            findings.equal(deployment, pod, "/topologySpreadConstraints/1/topologyKey", "kubernetes.io/hostname");
            // Else a node that no pod of ours may go to stays empty, and holds the others down to one more than none.
            findings.equal(deployment, pod, "/topologySpreadConstraints/1/nodeTaintsPolicy", "Honor");
            pod.path("topologySpreadConstraints")
                    .forEach(spread -> findings.check(
                            KubeObject.selects(spread.at("/labelSelector/matchLabels"), labels),
                            deployment,
                            "/topologySpreadConstraints",
                            "does not count its own pods"));
        });
        return findings.lines();
    }
}
