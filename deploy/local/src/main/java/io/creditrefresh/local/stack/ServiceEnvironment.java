package io.creditrefresh.local.stack;

import io.creditrefresh.local.token.DevelopmentKeys;
import java.util.HashMap;
import java.util.Map;

/** What the processes of a stack are told: where everything is, what time it is, and whose tokens to trust. */
final class ServiceEnvironment {

    private final Ports ports;
    private final Map<String, String> servers;
    private volatile Map<String, String> clock = Map.of();
    private volatile Map<String, String> tokens = Map.of();

    ServiceEnvironment(Ports ports, String databaseUrl, String bootstrapServers) {
        this.ports = ports;
        this.servers = Map.of(
                "QUARKUS_PROFILE", "local",
                "QUARKUS_DATASOURCE_JDBC_URL", databaseUrl,
                "KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
    }

    void useClock(DayClock clock) {
        this.clock = clock.environment();
    }

    void trust(DevelopmentKeys keys) {
        this.tokens = keys.environment();
    }

    /** A new map for a command that connects as a role. */
    Map<String, String> ofCommand(String role) {
        var environment = new HashMap<>(servers);
        environment.put("QUARKUS_DATASOURCE_USERNAME", role);
        environment.putAll(clock);
        environment.putAll(tokens);
        return environment;
    }

    /** A new map for a service, which answers on this machine only. */
    Map<String, String> ofService(Service service) {
        var environment = ofCommand(service.kind().role());
        environment.put("QUARKUS_HTTP_HOST", "localhost");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(ports.of(service)));
        environment.put("QUARKUS_MANAGEMENT_HOST", "localhost");
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(ports.managementOf(service)));
        return environment;
    }
}
