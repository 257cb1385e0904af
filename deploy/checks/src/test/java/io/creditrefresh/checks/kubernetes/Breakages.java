package io.creditrefresh.checks.kubernetes;

import static io.creditrefresh.checks.kubernetes.Breakage.in;
import static io.creditrefresh.checks.kubernetes.Breakage.of;

import java.util.List;

/** Mistakes that somebody could make in k8s/, each of which a policy must see. */
final class Breakages {

    private static final String POD = "/spec/template/spec";
    private static final String CONTAINER = POD + "/containers/0";
    private static final String API = "Deployment credit-api";
    private static final String PLANNER = "Deployment refresh-planner";
    private static final String WORKER = "Deployment refresh-worker";
    private static final String TRIGGER = "CronJob credit-refresh-trigger";
    private static final String COMMAND = "CronJob credit-command";
    private static final String MIGRATE = "Job credit-migrate";

    private Breakages() {}

    static final List<Breakage> OF_PODS = List.of(
            of("runs as nobody special", API, POD + "/securityContext/runAsNonRoot", "false"),
            of("runs as nobody special", MIGRATE, POD + "/securityContext/runAsUser", "0"),
            of("runs as nobody special", WORKER, POD + "/securityContext/seccompProfile/type", "\"Unconfined\""),
            of("runs as nobody special", PLANNER, CONTAINER + "/securityContext/runAsUser", "0"),
            of("has no privilege", API, CONTAINER + "/securityContext/allowPrivilegeEscalation", null),
            of("has no privilege", API, CONTAINER + "/securityContext/privileged", "true"),
            of("has no privilege", API, CONTAINER + "/securityContext/readOnlyRootFilesystem", "false"),
            of("has no privilege", API, CONTAINER + "/securityContext/capabilities/drop", "[\"NET_RAW\"]"),
            of("has no privilege", API, CONTAINER + "/securityContext/capabilities/add", "[\"SYS_ADMIN\"]"),
            of("has no privilege", API, POD + "/hostNetwork", "true"),
            of("has no privilege", API, POD + "/volumes/0", "{\"name\": \"tmp\", \"hostPath\": {\"path\": \"/\"}}"),
            of("has requests and limits", WORKER, CONTAINER + "/resources/limits/memory", null),
            of("has requests and limits", WORKER, CONTAINER + "/resources/requests", null),
            of("has requests and limits", WORKER, POD + "/volumes/0/emptyDir", "{}"),
            of("is asked three questions", API, CONTAINER + "/startupProbe", null),
            of("is asked three questions", API, CONTAINER + "/livenessProbe/httpGet/path", "\"/q/health/ready\""),
            of("is asked three questions", API, CONTAINER + "/readinessProbe/httpGet/port", "\"http\""),
            of("is asked three questions", API, CONTAINER + "/ports/0/containerPort", "8888"),
            of("has a pinned image", API, CONTAINER + "/image", "\"registry.example.com:5000/credit-api\""),
            of("has a pinned image", API, CONTAINER + "/image", "\"credit-refresh/credit-api:latest\""),
            of("names the registry of its image", API, CONTAINER + "/image", "\"credit-refresh/credit-api:0.1.0\""),
            of("names the registry of its image", MIGRATE, CONTAINER + "/image", "\"credit-api:0.1.0\""),
            of("has an account of its own and shows no token", API, POD + "/serviceAccountName", "\"default\""),
            of("has an account of its own and shows no token", API, POD + "/automountServiceAccountToken", null),
            of("has an account of its own and shows no token", API, POD + "/enableServiceLinks", null),
            of("has an account of its own and shows no token", API, POD + "/volumes/0", "{\"projected\": {}}"),
            of("ends later than its work", WORKER, POD + "/terminationGracePeriodSeconds", "30"),
            of("ends later than its work", PLANNER, POD + "/terminationGracePeriodSeconds", "70"),
            of("ends later than its work", API, POD + "/terminationGracePeriodSeconds", null),
            of("is spread and evicted one by one", "PodDisruptionBudget credit-api", "", null),
            of("is spread and evicted one by one", "PodDisruptionBudget credit-api", "/spec/maxUnavailable", "3"),
            of("is spread and evicted one by one", API, "/spec/strategy/rollingUpdate/maxUnavailable", "1"),
            of("is spread and evicted one by one", API, POD + "/topologySpreadConstraints/0/topologyKey", "\"rack\""),
            of("is spread and evicted one by one", API, POD + "/topologySpreadConstraints/1/nodeTaintsPolicy", null));

    static final List<Breakage> OF_ACCESS = List.of(
            of("the namespace is restricted", "Namespace credit-refresh", "/metadata/labels", "{}"),
            of("the namespace is restricted", API, "/metadata/namespace", "\"default\""),
            of("nothing is open by default", "NetworkPolicy default-deny", "/spec/policyTypes", "[\"Ingress\"]"),
            of("nothing is open by default", "NetworkPolicy default-deny", "/spec/ingress", "[{}]"),
            of("each pod has a network policy", "NetworkPolicy credit-migrate", "", null),
            of("each pod has a network policy", "NetworkPolicy refresh-worker", "/spec/podSelector", "{}"),
            of("each pod has a network policy", "NetworkPolicy credit-db", "", null),
            of("each pod has a network policy", "NetworkPolicy credit-kafka", "", null),
            of("who calls is let in by who is called", "NetworkPolicy credit-db", "/spec/ingress", "[]"),
            of("who calls is let in by who is called", "NetworkPolicy refresh-planner", "/spec/ingress", "[]"),
            of(
                    "who may go out goes to public addresses of both kinds",
                    "NetworkPolicy credit-api",
                    "/spec/egress/1/to",
                    "[{\"ipBlock\": {\"cidr\": \"0.0.0.0/0\"}}]"),
            of(
                    "who may go out goes to public addresses of both kinds",
                    "NetworkPolicy credit-command",
                    "/spec/egress/1/to/1/ipBlock/except",
                    "[\"fe80::/10\"]"),
            of("secrets are only referred to", "ServiceAccount credit-api", "/kind", "\"Secret\""),
            of(
                    "secrets are only referred to",
                    API,
                    CONTAINER + "/env/1",
                    "{\"name\": \"QUARKUS_DATASOURCE_PASSWORD\", \"value\": \"hunter2\"}"),
            of(
                    "secrets are only referred to",
                    API,
                    CONTAINER + "/env/1",
                    "{\"name\": \"DATABASE\", \"value\": \"postgresql://me:hunter2@db/credits\"}"),
            of(
                    "secrets are only referred to",
                    "ConfigMap credit-api-*",
                    "/data/CREDITS_BILLING_PLAIN_SECRETS",
                    "\"x\""),
            of("what is referred to is there", API, CONTAINER + "/envFrom/0/configMapRef/name", "\"other\""),
            of("what is referred to is there", API, CONTAINER + "/env/0/valueFrom/secretKeyRef/name", "\"other\""),
            of("what is referred to is there", "ServiceAccount credit-api", "", null));

    static final List<Breakage> OF_CAPACITY = List.of(
            of(
                    "pools of all pods fit into the database",
                    "Cluster credit-db",
                    "/spec/postgresql/parameters/max_connections",
                    "\"150\""),
            of(
                    "pools of all pods fit into the database",
                    "HorizontalPodAutoscaler credit-api",
                    "/spec/maxReplicas",
                    "20"),
            in("dev", "pools of all pods fit into the database", WORKER, "/spec/replicas", "12"),
            of(
                    "workers are as many as partitions at most",
                    "ScaledObject refresh-worker",
                    "/spec/maxReplicaCount",
                    "13"),
            in(
                    "staging",
                    "workers are as many as partitions at most",
                    "HorizontalPodAutoscaler refresh-worker",
                    "/spec/maxReplicas",
                    "24"),
            of("workers are as many as partitions at most", WORKER, "/spec/replicas", "3"),
            in("dev", "workers are as many as partitions at most", WORKER, "/spec/replicas", "13"),
            of(
                    "workers are as many as partitions at most",
                    "ScaledObject refresh-worker",
                    "/spec/advanced/scalingModifiers/formula",
                    "\"lag\""),
            of(
                    "workers are as many as partitions at most",
                    "ScaledObject refresh-worker",
                    "/spec/triggers/0/metadata/excludePersistentLag",
                    "\"true\""),
            of("topics are those of the code, and copied", "KafkaTopic credit.events", "", null),
            of("topics are those of the code, and copied", "KafkaTopic credit.events", "/spec/replicas", "1"),
            of(
                    "topics are those of the code, and copied",
                    "KafkaTopic credit.refresh.jobs",
                    "/spec/config/min.insync.replicas",
                    "1"),
            of(
                    "topics are those of the code, and copied",
                    "KafkaTopic credit.refresh.dead-letter",
                    "/spec/config/retention.ms",
                    null),
            of(
                    "Kafka users may do what the code does",
                    "KafkaUser refresh-worker",
                    "/spec/authorization/acls/0/operations",
                    "[\"All\"]"),
            of("Kafka users may do what the code does", "KafkaUser refresh-planner", "/spec/authentication", null),
            of("the database has the roles of roles.sql", "Cluster credit-db", "/spec/managed/roles/4/name", "\"x\""),
            of("the database has the roles of roles.sql", "Cluster credit-db", "/spec/managed/roles/1/login", "false"),
            of(
                    "the database has the roles of roles.sql",
                    "Cluster credit-db",
                    "/spec/managed/roles/1/passwordSecret/name",
                    "\"credit-owner-db\""));

    static final List<Breakage> OF_WIRING = List.of(
            of("the day's trigger is on time, alone and bounded", TRIGGER, "/spec/timeZone", null),
            of("the day's trigger is on time, alone and bounded", TRIGGER, "/spec/concurrencyPolicy", "\"Allow\""),
            of("the day's trigger is on time, alone and bounded", TRIGGER, "/spec/startingDeadlineSeconds", null),
            of("the day's trigger is on time, alone and bounded", TRIGGER, "/spec/suspend", "true"),
            of(
                    "the day's trigger is on time, alone and bounded",
                    TRIGGER,
                    "/spec/jobTemplate/spec/activeDeadlineSeconds",
                    null),
            of("the day's trigger is on time, alone and bounded", TRIGGER, "/spec/jobTemplate/spec/backoffLimit", "0"),
            of("the day's trigger is on time, alone and bounded", TRIGGER, "/metadata/namespace", "\"other\""),
            of(
                    "the schema is migrated by its owner, and never by itself twice",
                    MIGRATE,
                    CONTAINER + "/image",
                    "\"credit-refresh/refresh-planner:0.0.9\""),
            of(
                    "the schema is migrated by its owner, and never by itself twice",
                    MIGRATE,
                    "/spec/ttlSecondsAfterFinished",
                    "60"),
            of(
                    "the schema is migrated by its owner, and never by itself twice",
                    MIGRATE,
                    CONTAINER + "/envFrom/0/configMapRef/name",
                    "\"credit-settings\""),
            of(
                    "the schema is migrated by its owner, and never by itself twice",
                    COMMAND,
                    "/metadata/labels/credit-refresh.io~1apply",
                    null),
            of(
                    "every path is routed to its service",
                    "Ingress credit-refresh",
                    "/spec/rules/0/http/paths/0/path",
                    "\"/api/scheduled-tasks/queue\""),
            of(
                    "every path is routed to its service",
                    "Ingress credit-refresh",
                    "/spec/rules/0/http/paths/3/path",
                    "\"/\""),
            of("every path is routed to its service", "Ingress credit-refresh", "/spec/tls", null),
            of(
                    "settings are those of README.md",
                    "ConfigMap credit-settings-*",
                    "/data/CREDIT_REFRESH_GRAZE",
                    "\"1m\""),
            of("settings are those of README.md", "ConfigMap refresh-worker-*", "/data/CREDITS_CLOCK_SPEED", "\"2\""),
            of(
                    "the day's trigger is on time, alone and bounded",
                    "ConfigMap refresh-planner-*",
                    "/data/CREDITS_TOKEN_CLUSTER_SERVICES",
                    "\"credit-refresh:default\""),
            of(
                    "services are told the same about refreshing",
                    "ConfigMap refresh-planner-*",
                    "/data/CREDIT_REFRESH_DRY_RUN",
                    "\"true\""),
            of(
                    "services are told the same about refreshing",
                    "ConfigMap credit-api-*",
                    "/data/CREDIT_REFRESH_ENABLED",
                    "\"false\""),
            of(
                    "services are told the same about refreshing",
                    "ConfigMap refresh-worker-*",
                    "/data/CREDIT_REFRESH_BATCH_SIZE",
                    "\"10\""),
            of(
                    "services are told the same about refreshing",
                    "ConfigMap credit-settings-*",
                    "/data/CREDIT_REFRESH_GRACE",
                    null),
            of(
                    "services are told the same about refreshing",
                    "ConfigMap refresh-worker-*",
                    "/data/KAFKA_BOOTSTRAP_SERVERS",
                    "\"kafka:9092\""),
            of(
                    "KEDA asks in its own namespace",
                    "ScaledObject refresh-worker",
                    "/spec/triggers/0/metadata/bootstrapServers",
                    "\"credit-kafka-kafka-bootstrap.other.svc:9093\""),
            of(
                    "KEDA asks in its own namespace",
                    "ScaledObject refresh-worker",
                    "/spec/triggers/1/metadata/query",
                    "\"max(credit_refresh_paused{namespace=\\\"other\\\"})\""),
            of(
                    "the day's trigger is on time, alone and bounded",
                    TRIGGER,
                    "/spec/jobTemplate/spec/template/spec/volumes/0/projected/sources/0/serviceAccountToken/audience",
                    "\"other\""),
            of(
                    "the day's trigger is on time, alone and bounded",
                    "ConfigMap credit-settings-*",
                    "/data/CREDITS_TOKEN_AUDIENCE",
                    "\"other\""),
            of("services find their pods, and not their management port", "Service credit-api", "/spec/selector", "{}"),
            of(
                    "services find their pods, and not their management port",
                    "Service credit-api",
                    "/spec/ports/0/targetPort",
                    "\"management\""),
            of("Prometheus scrapes each service by its name", "PodMonitor refresh-worker", "", null),
            of("Prometheus scrapes each service by its name", "PodMonitor refresh-worker", "/spec/jobLabel", null),
            of(
                    "Prometheus scrapes each service by its name",
                    "PodMonitor refresh-worker",
                    "/spec/podMetricsEndpoints/0/interval",
                    "\"60s\""));
}
