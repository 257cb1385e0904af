package io.creditrefresh.local;

import io.creditrefresh.local.stack.DataDirectory;
import io.creditrefresh.local.stack.LocalStack;
import io.creditrefresh.local.stack.Service;
import java.util.List;

/** Where everything is, and what to try with it. */
final class Guide {

    private final LocalStack stack;
    private final DataDirectory data;

    Guide(LocalStack stack, DataDirectory data) {
        this.stack = stack;
        this.data = data;
    }

    List<String> addresses() {
        var ports = stack.ports();
        return List.of(
                "",
                "  API %s   planner %s   first worker %s"
                        .formatted(ports.url(Service.API), ports.url(Service.PLANNER), ports.url(Service.worker(1))),
                "  Postgres %s   Kafka localhost:%d".formatted(stack.databaseUrl(), ports.kafka()),
                "");
    }

    List<String> nextThings() {
        var ports = stack.ports();
        return List.of(
                "",
                "The clock goes on at normal speed. Next things to try:",
                "  curl %s/api/credits/config".formatted(ports.url(Service.API)),
                "  curl %s/q/health".formatted(ports.url(Service.PLANNER)),
                "  curl %s/q/metrics".formatted(ports.url(Service.worker(1))),
                "  psql %s -c 'SELECT * FROM credit_refresh_history LIMIT 10'".formatted(stack.databaseUrl()),
                "  tail -f %s/*.log".formatted(data.logs()),
                "  deploy/local/run --status",
                "Stop with Ctrl-C or deploy/local/run --stop.");
    }
}
