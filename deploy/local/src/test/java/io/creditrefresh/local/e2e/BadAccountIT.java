package io.creditrefresh.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.creditrefresh.local.stack.Service;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One account that always fails holds up nobody. */
class BadAccountIT {

    private static final int USERS = 5_000;
    private static final Duration LIMIT = Duration.ofSeconds(120);

    @TempDir
    Path directory;

    private Pipeline pipeline;

    @BeforeEach
    void prepare() {
        pipeline = new Pipeline(directory);
        pipeline.importUsers(USERS);
    }

    @AfterEach
    void end() {
        pipeline.close();
    }

    @Test
    void isExhaustedAfterItsThirdRetryAndRefreshedOnceAfterTheRepair() throws Exception {
        // The first of the day, so that its retries and the hourly try fall into the fast part of the clock.
        long bad = pipeline.count(
                "SELECT id FROM credit_account WHERE refresh_at IS NOT NULL ORDER BY refresh_at, id LIMIT 1");
        pipeline.execute("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$"
                + " BEGIN RAISE EXCEPTION 'this account is cursed'; END $$;"
                + " CREATE TRIGGER refuse_it BEFORE UPDATE ON credit_account FOR EACH ROW WHEN (NEW.id = " + bad
                + ") EXECUTE FUNCTION refuse()");
        pipeline.beginDay(1_440);
        pipeline.start(Service.PLANNER, Service.worker(1));

        await().atMost(LIMIT).until(() -> pipeline.query("SELECT coalesce(max(state), 'none') FROM refresh_failure")
                .equals("exhausted"));
        assertThat(pipeline.query(
                        "SELECT attempts >= 4 AND last_error LIKE 'this account is cursed%' AND category = 'database'"
                                + " AND account_id = " + bad + " FROM refresh_failure"))
                .isEqualTo("t");
        pipeline.execute("DROP TRIGGER refuse_it ON credit_account");

        await().atMost(LIMIT).until(() -> pipeline.count("SELECT count(*) FROM refresh_failure") == 0);
        assertThat(pipeline.count("SELECT count(*) FROM ledger_entry WHERE type = 'REFRESH' AND account_id = " + bad))
                .isEqualTo(1);
        pipeline.awaitEndOfWork();
        pipeline.assertSoundAndReplayable();
    }
}
