package io.creditrefresh.planner.command;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.audit.LedgerAudit;
import io.creditrefresh.ledger.store.LedgerDatabase;
import io.creditrefresh.planner.PlannerMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The command as a process of its own, which is killed. */
class BackfillKilledTest {

    /** A page and a half. */
    private static final int USERS = 1_500;

    /** Not due, whatever time it is here. */
    private static final Instant PERIOD_END = Instant.parse("2999-01-01T10:00:00Z");

    private final LedgerDatabase database = LedgerDatabase.create();

    @Test
    void goesOnWhereAKilledRunEnded() throws Exception {
        try (Connection connection = database.superuser()) {
            for (int i = 0; i < USERS; i++) {
                user("user-" + i).periodEnd(PERIOD_END).insert(connection);
            }
        }
        database.execute("UPDATE rollout SET opened_at = now()");

        Process process = start();
        List<String> lines = linesOfTheFirstPage(process);
        process.destroyForcibly().waitFor();
        long opened = database.count("SELECT count(*) FROM credit_account WHERE kind <> 'credits'");
        Ran again = Ran.command(ImportScene.settings(database.url(), null), "backfill-v2");

        assertThat(lines).hasSize(11).last().isEqualTo("Up to subscriber 1000: 2,000 accounts for 1,000 users");
        assertThat(opened).isBetween(2_000L, 2_998L).isEven();
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).contains("Up to subscriber 1500: ");
        assertThat(database.query("SELECT count(*) || ' of ' || count(DISTINCT account_id) FROM ledger_entry"
                        + " WHERE type = 'PROVISION'"))
                .isEqualTo("3000 of 3000");
        try (Connection connection = database.superuser()) {
            assertThat(LedgerAudit.findings(connection)).isEmpty();
        }
    }

    private Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                System.getProperty("java.class.path"),
                PlannerMain.class.getName(),
                "backfill-v2");
        builder.environment().put("QUARKUS_DATASOURCE_JDBC_URL", database.url());
        return builder.redirectErrorStream(true).start();
    }

    private static List<String> linesOfTheFirstPage(Process process) throws IOException {
        List<String> lines = new ArrayList<>();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        do {
            lines.add(Objects.requireNonNull(output.readLine(), () -> "it ended: " + lines));
        } while (!lines.get(lines.size() - 1).startsWith("Up to"));
        return lines;
    }
}
