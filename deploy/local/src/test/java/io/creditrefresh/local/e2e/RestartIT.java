package io.creditrefresh.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.creditrefresh.local.e2e.Caller.Answer;
import io.creditrefresh.local.stack.Service;
import io.creditrefresh.local.stack.ServiceProcess;
import io.creditrefresh.local.token.Bearer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restart of every service, with all that they do at their start, leaves every balance as it was. */
class RestartIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Service[] ALL = {Service.API, Service.PLANNER, Service.worker(1)};

    @TempDir
    Path directory;

    @Test
    void leavesEveryRowAsItWas() throws Exception {
        try (Pipeline pipeline = new Pipeline(directory)) {
            // Accumulated credits, spent ones, a hold, an individual allowance, a day of the month: none is what a plan
            // gives.
            pipeline.importUsers("""
                    userId,email,tier,creditBalance,lastCreditRefresh,creditRefreshHold,creditRefreshDay,customCreditAmount
                    rich,,free,1200,2026-11-10T08:00:00Z,,,
                    poor,,scale,3,2026-11-10T08:00:00Z,,,
                    held,,starter,8000,2026-09-10T08:00:00Z,true,,
                    deal,,pro,100,2026-11-10T08:00:00Z,,,50
                    monthly,,pro,31250,2026-11-10T08:00:00Z,,15,
                    """);
            pipeline.beginDay(1);
            pipeline.start(ALL);
            move(pipeline);
            awaitStarted(pipeline, 1);
            String before = pipeline.fingerprint();

            List.copyOf(pipeline.stack().running()).forEach(ServiceProcess::stop);
            // Long enough ago for another start to verify again.
            pipeline.execute("UPDATE verification_run SET started_at = started_at - interval '10 minutes'");
            pipeline.start(ALL);
            awaitStarted(pipeline, 2);

            assertThat(pipeline.fingerprint()).isEqualTo(before);
            assertThat(pipeline.query("SELECT string_agg(user_id || ' ' || remaining, ', ' ORDER BY user_id)"
                            + " FROM usage_counters"))
                    .isEqualTo("deal 100, held 8000, monthly 31250, new 900, poor 3, rich 6100");
        }
    }

    /** A new user who spends, and an upgrade on top of what was accumulated. */
    private static void move(Pipeline pipeline) throws Exception {
        String api = pipeline.stack().ports().url(Service.API) + "/api/";
        Caller service = Caller.with(pipeline.stack().tokens().of(Bearer.SERVICE));
        Caller admin = Caller.with(pipeline.stack().tokens().of(Bearer.ADMIN));
        assertThat(List.of(
                        service.call("POST", api + "provision", "{\"userId\":\"new\",\"plan\":\"free\"}"),
                        service.call("POST", api + "credits/consume", "{\"userId\":\"new\",\"amount\":100}"),
                        service.call("POST", api + "credits/consume", "{\"userId\":\"rich\",\"amount\":100}"),
                        admin.call("POST", api + "admin/users/rich/change-plan", "{\"plan\":\"starter\"}")))
                .extracting(Answer::status)
                .containsOnly(200);
    }

    /** Each service has done what it does at its start: verified, ticked, and joined its group. */
    private static void awaitStarted(Pipeline pipeline, int times) {
        await().atMost(LIMIT)
                .until(() -> pipeline.count("SELECT count(*) FROM verification_run WHERE cause = 'start'") >= times
                        && pipeline.count("SELECT count(*) FROM planner_position") == 1);
    }
}
