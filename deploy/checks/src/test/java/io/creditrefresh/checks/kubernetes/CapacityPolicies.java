package io.creditrefresh.checks.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How many there may be: connections, workers, copies. */
final class CapacityPolicies {

    static final List<Policy> ALL = List.of(
            new Policy("pools of all pods fit into the database", CapacityPolicies::connections),
            new Policy("workers are as many as partitions at most", CapacityPolicies::workers),
            new Policy("topics are those of the code, and copied", CapacityPolicies::topics),
            new Policy("Kafka users may do what the code does", CapacityPolicies::users),
            new Policy("the database has the roles of roles.sql", CapacityPolicies::roles));

    /** What Postgres keeps for superusers, its replicas, the operator, metrics and people with psql. */
    private static final int RESERVED = 20;

    /** A migration and a command of an operator, with a few connections each. */
    private static final int COMMANDS = 10;

    private static final String JOBS = "credit.refresh.jobs";
    private static final String GROUP = "credit-refresh-worker";
    private static final String DEAD_LETTERS = "credit.refresh.dead-letter";
    private static final String EVENTS = "credit.events";
    private static final Pattern ROLE = Pattern.compile("'(credit_[a-z]+)'");

    private CapacityPolicies() {}

    private static List<String> connections(Overlay overlay) {
        Findings findings = new Findings();
        Map<String, Integer> pools = new TreeMap<>();
        overlay.ofKind("Deployment").forEach(deployment -> {
            Properties settings = Project.settings(deployment.name());
            int pool = Integer.parseInt(settings.getProperty("quarkus.datasource.jdbc.max-size"));
            // While a new version comes, there is one pod more.
            int surge = deployment.at("/spec/strategy/rollingUpdate/maxSurge").asInt();
            pools.put(deployment.name(), pool * (mostReplicas(overlay, deployment) + surge));
        });
        int wanted = pools.values().stream().mapToInt(Integer::intValue).sum() + COMMANDS + RESERVED;
        overlay.ofKind("Cluster").forEach(cluster -> {
            int limit =
                    cluster.at("/spec/postgresql/parameters/max_connections").asInt();
            findings.check(
                    wanted <= limit,
                    cluster,
                    "/spec/postgresql/parameters/max_connections",
                    "is %d and should be %d: pools of %s, %d for commands, %d reserved"
                            .formatted(limit, wanted, pools, COMMANDS, RESERVED));
        });
        findings.check(overlay.ofKind("Cluster").count() == 1, overlay, "Cluster", "there should be one");
        return findings.lines();
    }

    private static int mostReplicas(Overlay overlay, KubeObject deployment) {
        return scalers(overlay, deployment)
                .mapToInt(CapacityPolicies::most)
                .max()
                .orElse(deployment.at("/spec/replicas").asInt());
    }

    private static Stream<KubeObject> scalers(Overlay overlay, KubeObject deployment) {
        return Stream.concat(overlay.ofKind("ScaledObject"), overlay.ofKind("HorizontalPodAutoscaler"))
                .filter(scaler ->
                        scaler.at("/spec/scaleTargetRef/name").asText().equals(deployment.name()));
    }

    private static int most(KubeObject scaler) {
        return scaler.at(scaler.kind().equals("ScaledObject") ? "/spec/maxReplicaCount" : "/spec/maxReplicas")
                .asInt();
    }

    private static List<String> workers(Overlay overlay) {
        Findings findings = new Findings();
        int partitions = overlay.get("KafkaTopic", JOBS).at("/spec/partitions").asInt();
        KubeObject worker = overlay.get("Deployment", "refresh-worker");
        scalers(overlay, worker)
                .forEach(scaler -> findings.check(
                        most(scaler) == partitions,
                        scaler,
                        "/spec",
                        "may have up to %d workers for %d partitions".formatted(most(scaler), partitions)));
        findings.check(
                mostReplicas(overlay, worker) <= partitions, worker, "/spec/replicas", "is more than the partitions");
        overlay.ofKind("Deployment").forEach(deployment -> {
            long many = scalers(overlay, deployment).count();
            boolean fixed = deployment.json().at("/spec").has("replicas");
            findings.check(
                    many <= 1 && fixed == (many == 0),
                    deployment,
                    "/spec/replicas",
                    "is for either this or one scaler to say: there are " + many + " scalers");
        });
        overlay.ofKind("ScaledObject").forEach(scaler -> {
            findings.equal(scaler, scaler.json(), "/spec/advanced/scalingModifiers/formula", "paused > 0 ? 0 : lag");
            // It compares with whoever asked last, which may have been a moment ago: what moves would not count either.
            findings.absent(scaler, scaler.json(), "/spec/triggers/0/metadata/excludePersistentLag");
        });
        return findings.lines();
    }

    private static List<String> topics(Overlay overlay) {
        Findings findings = new Findings();
        Set<String> code = Stream.of("refresh-planner", "refresh-worker")
                .map(Project::settings)
                .flatMap(settings -> settings.stringPropertyNames().stream()
                        .filter(key -> key.startsWith("mp.messaging.") && key.endsWith(".topic"))
                        .map(settings::getProperty))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> made =
                overlay.ofKind("KafkaTopic").map(KubeObject::name).collect(Collectors.toCollection(TreeSet::new));
        findings.check(made.equals(code), overlay, "KafkaTopic", made + " should be " + code);
        int brokers =
                overlay.get("KafkaNodePool", "combined").at("/spec/replicas").asInt();
        overlay.ofKind("KafkaTopic").forEach(topic -> {
            int copies = topic.at("/spec/replicas").asInt();
            int inSync = topic.at("/spec/config/min.insync.replicas").asInt();
            findings.check(
                    copies == Math.min(3, brokers), topic, "/spec/replicas", copies + " for " + brokers + " brokers");
            findings.check(
                    inSync == Math.max(1, copies - 1),
                    topic,
                    "/spec/config/min.insync.replicas",
                    inSync + " of " + copies + ": one may be away, and none may be the only one");
            findings.check(topic.at("/spec/partitions").asInt() > 0, topic, "/spec/partitions", "is missing");
            findings.present(topic, topic.json(), "/spec/config/retention.ms");
        });
        return findings.lines();
    }

    private static List<String> users(Overlay overlay) {
        Findings findings = new Findings();
        Map<String, Set<String>> wanted = Map.of(
                "refresh-planner",
                Set.of(JOBS + ":Write,Describe", EVENTS + ":Write,Describe", GROUP + ":Describe"),
                "refresh-worker",
                Set.of(JOBS + ":Read,Describe", GROUP + ":Read", DEAD_LETTERS + ":Write,Describe"),
                "refresh-worker-lag",
                Set.of(JOBS + ":Describe", GROUP + ":Describe"));
        overlay.ofKind("KafkaUser").forEach(user -> {
            Set<String> may = Overlay.elements(user.at("/spec/authorization/acls"))
                    .map(acl -> acl.at("/resource/name").asText() + ":" + operations(acl))
                    .collect(Collectors.toSet());
            findings.check(
                    may.equals(wanted.get(user.name())),
                    user,
                    "/spec/authorization/acls",
                    may + " should be " + wanted.get(user.name()));
            findings.equal(user, user.json(), "/spec/authentication/type", "tls");
        });
        return findings.lines();
    }

    private static String operations(JsonNode acl) {
        return Overlay.elements(acl.path("operations")).map(JsonNode::asText).collect(Collectors.joining(","));
    }

    private static List<String> roles(Overlay overlay) {
        Findings findings = new Findings();
        Set<String> wanted = ROLE.matcher(Project.text("credit-ledger/src/main/resources/db/roles.sql"))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        overlay.ofKind("Cluster").forEach(cluster -> {
            Set<String> roles = Overlay.elements(cluster.at("/spec/managed/roles"))
                    .filter(role -> role.path("login").asBoolean()
                            && role.path("ensure").asText().equals("present")
                            && role.at("/passwordSecret/name")
                                    .asText()
                                    .equals(role.path("name").asText().replace('_', '-') + "-db"))
                    .map(role -> role.path("name").asText())
                    .collect(Collectors.toCollection(TreeSet::new));
            findings.check(roles.equals(wanted), cluster, "/spec/managed/roles", roles + " should be " + wanted);
            findings.equal(cluster, cluster.json(), "/spec/bootstrap/initdb/owner", "credit_owner");
        });
        return findings.lines();
    }
}
