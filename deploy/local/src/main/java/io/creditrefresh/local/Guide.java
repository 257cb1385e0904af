package io.creditrefresh.local;

import io.creditrefresh.local.stack.DataDirectory;
import io.creditrefresh.local.stack.LocalStack;
import io.creditrefresh.local.stack.Ports;
import io.creditrefresh.local.stack.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where everything is, and what to try with it. */
final class Guide {

    private final Ports ports;
    private final DataDirectory data;
    private final RunCommand run;

    Guide(Ports ports, DataDirectory data, RunCommand run) {
        this.ports = ports;
        this.data = data;
        this.run = run;
    }

    List<String> addresses() {
        return List.of(
                "",
                "  API %s   planner %s   first worker %s"
                        .formatted(ports.url(Service.API), ports.url(Service.PLANNER), ports.url(Service.worker(1))),
                "  Health and metrics: API %s   planner %s   first worker %s"
                        .formatted(
                                ports.managementUrl(Service.API),
                                ports.managementUrl(Service.PLANNER),
                                ports.managementUrl(Service.worker(1))),
                "  Postgres %s   Kafka localhost:%d".formatted(LocalStack.databaseUrl(ports), ports.kafka()),
                "");
    }

    /**
     * Commands for another terminal.
     *
     * @param userId somebody to look at
     */
    List<String> nextThings(Optional<String> userId) {
        var api = ports.url(Service.API);
        var lines = new ArrayList<String>();
        lines.add("");
        lines.add("The clock goes on at normal speed. Next things to try:");
        userId.map(id -> "user:" + id).ifPresent(user -> {
            lines.add("  " + curl(user, api + "/api/user/credits/status"));
            lines.add("  " + curl(user, api + "/api/user/credits/next-refresh"));
        });
        lines.add("  " + curl("support", api + "/api/scheduled-tasks/credit-refresh-monitor"));
        lines.add("  " + curl("support", api + "/api/admin/credits/refresh-stats"));
        lines.add("  "
                + curl("admin", "-X POST " + ports.url(Service.PLANNER) + "/api/scheduled-tasks/credit-refresh-queue"));
        lines.add("  curl -s %s/q/health".formatted(ports.managementUrl(Service.PLANNER)));
        lines.add("  curl -s %s/q/metrics".formatted(ports.managementUrl(Service.worker(1))));
        lines.add("  psql %s -c 'SELECT * FROM credit_refresh_history LIMIT 10'"
                .formatted(LocalStack.databaseUrl(ports)));
        lines.add("  tail -f %s/*.log".formatted(data.logs()));
        lines.add("  " + run.with("--status"));
        lines.add("Stop with Ctrl-C or %s.".formatted(run.with("--stop")));
        return lines;
    }

    private String curl(String bearer, String request) {
        return "curl -s -H \"Authorization: Bearer $(%s)\" %s".formatted(run.with("--token", bearer), request);
    }
}
