package io.creditrefresh.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.local.monitoring.ShownMetrics;
import io.creditrefresh.local.stack.Service;
import io.creditrefresh.local.token.Bearer;
import java.util.Map;

/** What running services show, against what rules and dashboards read. */
final class ShownToPrometheus {

    private ShownToPrometheus() {}

    /** Needs an API, a planner and a first worker that are up. A path's metrics are there after its first request. */
    static void assertHasAllThatIsRead(Pipeline pipeline) throws Exception {
        String api = pipeline.stack().ports().url(Service.API);
        String userId = pipeline.query("SELECT user_id FROM subscriber ORDER BY id LIMIT 1");
        Caller.with(pipeline.stack().tokens().of(Bearer.user(userId))).get(api + "/api/user/credits/status");
        Caller.with(pipeline.stack().tokens().of(Bearer.SERVICE))
                .call(
                        "POST",
                        api + "/api/credits/consume",
                        "{\"userId\":\"%s\",\"kind\":\"credits\",\"amount\":1}".formatted(userId));
        Caller.nobody().call("POST", api + "/api/webhooks/billing/plain", "{}");

        ShownMetrics shown = new ShownMetrics(Map.of(
                "credit-api", metrics(pipeline, Service.API),
                "refresh-planner", metrics(pipeline, Service.PLANNER),
                "refresh-worker", metrics(pipeline, Service.worker(1))));

        assertThat(shown.missing()).isEmpty();
    }

    private static String metrics(Pipeline pipeline, Service service) throws Exception {
        return Pipeline.get(pipeline.stack().running(service).orElseThrow(), "/q/metrics")
                .body();
    }
}
