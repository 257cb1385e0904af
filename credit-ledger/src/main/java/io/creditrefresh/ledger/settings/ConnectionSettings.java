package io.creditrefresh.ledger.settings;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithName;
import java.util.Optional;

/**
 * What every service connects to and listens on. The framework reads these values itself; they are here so that a bad one
 * is one clear line before the start.
 */
public interface ConnectionSettings {

    @WithName("quarkus.datasource.jdbc.url")
    @WithConverter(PostgresUrl.class)
    String databaseUrl();

    @WithName("quarkus.http.port")
    @WithConverter(Port.class)
    String httpPort();

    @WithName("quarkus.management.port")
    @WithConverter(Port.class)
    Optional<String> managementPort();

    /** The same of a service that uses Kafka. */
    interface WithKafka extends ConnectionSettings {

        @WithName("kafka.bootstrap.servers")
        @WithConverter(BootstrapServers.class)
        String kafka();
    }

    /** A JDBC URL of Postgres. */
    @SuppressWarnings("serial")
    final class PostgresUrl extends Matching {

        public PostgresUrl() {
            super("jdbc:postgresql:.+", "a JDBC URL as jdbc:postgresql://host:5432/credits");
        }
    }

    /** Hosts with ports. */
    @SuppressWarnings("serial")
    final class BootstrapServers extends Matching {

        public BootstrapServers() {
            super("[^\\s,]+:\\d{1,5}(\\s*,\\s*[^\\s,]+:\\d{1,5})*", "hosts with ports as kafka-1:9092,kafka-2:9092");
        }
    }

    /** 0 to 65,535; 0 is any free one. */
    @SuppressWarnings("serial")
    final class Port extends Matching {

        public Port() {
            super(
                    "\\d{1,4}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5]",
                    "a port, 0 to 65535; 0: any free one");
        }
    }
}
