package io.creditrefresh.checks.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** That what is said here is what the services, their documents and each other say. */
final class WiringPolicies {

    static final List<Policy> ALL = List.of(
            new Policy("the day's trigger is on time, alone and bounded", WiringPolicies::trigger),
            new Policy("the schema is migrated by its owner, and never by itself twice", WiringPolicies::migration),
            new Policy("every path is routed to its service", WiringPolicies::routes),
            new Policy("settings are those of README.md", WiringPolicies::settings),
            new Policy("services are told the same about refreshing", WiringPolicies::sharedSettings),
            new Policy("KEDA asks in its own namespace", WiringPolicies::scaling),
            new Policy("services find their pods, and not their management port", WiringPolicies::services),
            new Policy("Prometheus scrapes each service by its name", WiringPolicies::scraping));

    private static final Map<String, String> DOCUMENTS = Map.of(
            "credit-api", "credit-api/openapi.yaml",
            "refresh-planner", "refresh-planner/openapi.yaml",
            "refresh-worker", "refresh-worker/openapi.yaml");

    /** Settings that are of Quarkus, of the Kafka client and of Java. */
    private static final Set<String> FOREIGN = Set.of("QUARKUS_", "KAFKA_", "SMALLRYE_", "JAVA_TOOL_OPTIONS");

    /** Read by planner, workers and API, which must not differ in what they take a refresh for. */
    private static final List<String> SHARED = List.of(
            "CREDIT_REFRESH_ENABLED", "CREDIT_REFRESH_DRY_RUN", "CREDIT_REFRESH_GRACE", "CREDIT_REFRESH_BATCH_SIZE");

    private static final String TRIGGER = "credit-refresh-trigger";

    private WiringPolicies() {}

    private static List<String> trigger(Overlay overlay) {
        Findings findings = new Findings();
        KubeObject cron = overlay.get("CronJob", TRIGGER);
        Map.of(
                        "/spec/schedule", "0 0 * * *",
                        "/spec/timeZone", "Etc/UTC",
                        "/spec/concurrencyPolicy", "Forbid",
                        "/spec/jobTemplate/spec/template/spec/restartPolicy", "Never")
                .forEach((pointer, wanted) -> findings.equal(cron, cron.json(), pointer, wanted));
        findings.absent(cron, cron.json(), "/spec/suspend");
        Map.of(
                        "/spec/startingDeadlineSeconds", 200,
                        "/spec/jobTemplate/spec/backoffLimit", 1,
                        "/spec/jobTemplate/spec/activeDeadlineSeconds", 600)
                .forEach((pointer, least) -> findings.check(
                        cron.at(pointer).asInt() >= least, cron, pointer, "is missing or below " + least));
        KubeObject planner = overlay.get("Deployment", "refresh-planner");
        String namespace = cron.at("/metadata/namespace").asText();
        String accepted =
                overlay.setting(planner, "CREDITS_TOKEN_CLUSTER_SERVICES").orElse("");
        findings.check(
                accepted.equals(namespace + ":" + TRIGGER),
                planner,
                "CREDITS_TOKEN_CLUSTER_SERVICES",
                "\"" + accepted + "\" is not the trigger's account in " + namespace);
        findings.equal(
                cron,
                cron.json(),
                "/spec/jobTemplate/spec/template/spec/volumes/0/projected/sources/0/serviceAccountToken/audience",
                overlay.setting(planner, "CREDITS_TOKEN_AUDIENCE").orElse("the planner's, which is not set"));
        return findings.lines();
    }

    private static List<String> migration(Overlay overlay) {
        Findings findings = new Findings();
        KubeObject job = overlay.get("Job", "credit-migrate");
        JsonNode container = job.containers().get(0);
        findings.equal(job, container, "/args/0", "migrate");
        findings.equal(job, container, "/env/0/valueFrom/secretKeyRef/name", "credit-owner-db");
        String planner = overlay.get("Deployment", "refresh-planner")
                .containers()
                .get(0)
                .path("image")
                .asText();
        findings.equal(job, container, "/image", planner);
        // A Job cannot be changed: what changes often is not in it.
        String settings = job.at("/spec/template/spec/containers/0/envFrom/0/configMapRef/name")
                .asText();
        findings.check(
                settings.matches("credit-migrate-[a-z0-9]{10}")
                        && container.path("envFrom").size() == 1,
                job,
                "/envFrom",
                "should be its own ConfigMap only");
        // A Job that vanishes would be made anew by the next apply; and services are applied after it.
        findings.absent(job, job.json(), "/spec/ttlSecondsAfterFinished");
        Stream.of("Deployment", "CronJob", "ScaledObject", "HorizontalPodAutoscaler")
                .flatMap(overlay::ofKind)
                .forEach(later ->
                        findings.equal(later, later.json(), "/metadata/labels/credit-refresh.io~1apply", "last"));
        findings.absent(job, job.json(), "/metadata/labels/credit-refresh.io~1apply");
        return findings.lines();
    }

    private static List<String> routes(Overlay overlay) {
        Findings findings = new Findings();
        overlay.ofKind("Ingress").forEach(ingress -> {
            DOCUMENTS.forEach((service, document) -> Overlay.yaml(Project.text(document))
                    .get(0)
                    .path("paths")
                    .fieldNames()
                    .forEachRemaining(path -> {
                        String routed = route(ingress, path.replaceAll("\\{[^}]+}", "42"));
                        findings.check(
                                routed.equals(service), ingress, path, "goes to \"" + routed + "\", not " + service);
                    }));
            for (String hidden : List.of("/q/metrics", "/q/health", "/")) {
                findings.check(route(ingress, hidden).isEmpty(), ingress, hidden, "is not for the outside");
            }
            ingress.at("/spec/rules")
                    .forEach(rule -> findings.check(
                            Overlay.elements(ingress.at("/spec/tls"))
                                    .flatMap(tls -> Overlay.elements(tls.path("hosts")))
                                    .anyMatch(rule.path("host")::equals),
                            ingress,
                            "/spec/tls",
                            "has no certificate for " + rule.path("host")));
        });
        return findings.lines();
    }

    /** Exact paths come before prefixes, and a prefix is one of whole elements. */
    private static String route(KubeObject ingress, String path) {
        List<JsonNode> paths =
                Overlay.elements(ingress.at("/spec/rules/0/http/paths")).toList();
        Stream<JsonNode> exact = paths.stream()
                .filter(route -> route.path("pathType").asText().equals("Exact")
                        && route.path("path").asText().equals(path));
        Stream<JsonNode> prefixes = paths.stream()
                .filter(route -> route.path("pathType").asText().equals("Prefix")
                        && (path + "/").startsWith(route.path("path").asText().replaceAll("/?$", "/")));
        return Stream.concat(exact, prefixes)
                .map(route -> route.at("/backend/service/name").asText())
                .findFirst()
                .orElse("");
    }

    private static List<String> settings(Overlay overlay) {
        Findings findings = new Findings();
        String readme = Project.text("README.md");
        overlay.ofKind("ConfigMap").forEach(map -> map.at("/data").fieldNames().forEachRemaining(key -> {
            boolean foreign = FOREIGN.stream().anyMatch(key::startsWith);
            boolean ours = readme.contains("`" + key + "`") || key.matches("CREDITS_[A-Z]+_TIER");
            findings.check(foreign || ours, map, "/data/" + key, "is no setting of README.md");
            findings.check(!key.startsWith("CREDITS_CLOCK_"), map, "/data/" + key, "is not for production");
        }));
        return findings.lines();
    }

    private static List<String> sharedSettings(Overlay overlay) {
        Findings findings = new Findings();
        SHARED.forEach(key -> alike(overlay, key, DOCUMENTS.keySet(), findings));
        // Not in credit-settings, as the API has no business with Kafka.
        alike(overlay, "KAFKA_BOOTSTRAP_SERVERS", Set.of("refresh-planner", "refresh-worker"), findings);
        return findings.lines();
    }

    private static void alike(Overlay overlay, String key, Set<String> services, Findings findings) {
        Map<String, String> values = new TreeMap<>();
        for (String service : services) {
            overlay.setting(overlay.get("Deployment", service), key).ifPresent(value -> values.put(service, value));
        }
        findings.check(
                values.keySet().equals(services) && Set.copyOf(values.values()).size() == 1,
                overlay,
                key,
                "is " + values + " and should be the same for " + services);
    }

    /** KEDA asks from a namespace of its own: what it asks names that of the overlay. */
    private static List<String> scaling(Overlay overlay) {
        Findings findings = new Findings();
        overlay.ofKind("ScaledObject").forEach(scaler -> {
            String namespace = scaler.at("/metadata/namespace").asText();
            findings.equal(
                    scaler,
                    scaler.json(),
                    "/spec/triggers/0/metadata/bootstrapServers",
                    "credit-kafka-kafka-bootstrap." + namespace + ".svc:9093");
            findings.check(
                    scaler.at("/spec/triggers/1/metadata/query").asText().contains("namespace=\"" + namespace + "\""),
                    scaler,
                    "/spec/triggers/1/metadata/query",
                    "does not ask for the workers in " + namespace);
        });
        return findings.lines();
    }

    private static List<String> services(Overlay overlay) {
        Findings findings = new Findings();
        overlay.ofKind("Service").forEach(service -> {
            KubeObject deployment = overlay.get("Deployment", service.name());
            findings.check(
                    KubeObject.selects(service.at("/spec/selector"), deployment.at("/spec/template/metadata/labels")),
                    service,
                    "/spec/selector",
                    "finds no pod");
            findings.check(service.at("/spec/ports").size() == 1, service, "/spec/ports", "is more than one");
            findings.equal(service, service.json(), "/spec/ports/0/targetPort", "http");
            findings.equal(
                    service,
                    service.json(),
                    "/spec/ports/0/port",
                    Project.settings(service.name()).getProperty("quarkus.http.port"));
        });
        return findings.lines();
    }

    private static List<String> scraping(Overlay overlay) {
        Findings findings = new Findings();
        Set<String> monitors =
                overlay.ofKind("PodMonitor").map(KubeObject::name).collect(Collectors.toSet());
        findings.check(
                monitors.isEmpty() || monitors.equals(DOCUMENTS.keySet()), overlay, "PodMonitor", "only " + monitors);
        overlay.ofKind("PodMonitor").forEach(monitor -> {
            JsonNode labels = overlay.get("Deployment", monitor.name()).at("/spec/template/metadata/labels");
            findings.check(
                    KubeObject.selects(monitor.at("/spec/selector/matchLabels"), labels),
                    monitor,
                    "/spec/selector",
                    "finds no pod");
            findings.check(
                    labels.path(monitor.at("/spec/jobLabel").asText()).asText().equals(monitor.name()),
                    monitor,
                    "/spec/jobLabel",
                    "does not name the job " + monitor.name());
            Map.of("port", "management", "path", "/q/metrics", "interval", "15s")
                    .forEach((field, wanted) ->
                            findings.equal(monitor, monitor.json(), "/spec/podMetricsEndpoints/0/" + field, wanted));
        });
        return findings.lines();
    }
}
