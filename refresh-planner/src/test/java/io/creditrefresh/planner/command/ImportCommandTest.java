package io.creditrefresh.planner.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {

    private final ImportScene scene;

    ImportCommandTest(@TempDir Path directory) {
        scene = ImportScene.in(directory);
    }

    @Test
    void takesOverAFileAsTheOperatorsRole() throws Exception {
        scene.write(ImportScene.HEADER + "account-1,a@example.com,pro,20500,2026-11-01T10:11:12Z,false,,\n"
                + "held,,free,5,,true,,\n");

        Ran ran = scene.run();

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.lastLine()).matches("Imported 2 users \\(0 already imported, 0 bad rows\\) in \\d+\\.\\d s");
        assertThat(scene.database()
                        .query("SELECT string_agg(format('%s %s+%s %s', s.user_id, a.allowance, a.bonus,"
                                + " a.refresh_at AT TIME ZONE 'UTC'), ', ' ORDER BY s.user_id)"
                                + " FROM credit_account a JOIN subscriber s ON s.id = a.subscriber_id"))
                .isEqualTo("account-1 20000+500 2026-12-01 15:26:00, held 5+0 ");
        scene.assertAuditIsEmpty();
    }

    @Test
    void takesTheGoodRowsAndReportsEveryBadValueOfTheOthers() throws Exception {
        scene.write(ImportScene.HEADER
                + "good-1,,free,1,,,,\n"
                + "bad-1,,gold,99999999999999999999,,,,\n"
                + "bad-2,,free,1,,,,," + "x".repeat(1 << 20) + "\n"
                + "good-2,,free,1,,,,\n");

        Ran ran = scene.run();

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err().lines())
                .containsExactly(
                        scene.file() + ":3: tier: \"gold\" is not a plan; allowed: free, pro, scale, starter",
                        scene.file() + ":3: creditBalance: \"99999999999999999999\" is beyond a 64-bit number;"
                                + " allowed: 0 to 1000000000000000",
                        scene.file() + ":4: line: is longer than 65536 bytes");
        assertThat(ran.lastLine()).startsWith("Imported 2 users (0 already imported, 2 bad rows)");
        assertThat(scene.userIds()).isEqualTo("good-1,good-2");
    }

    @Test
    void takesOverAFileWithByteOrderMarkCrlfAndQuotes() throws Exception {
        scene.write("\uFEFF"
                + (ImportScene.HEADER + "\"a\",\"\",\"free\",\"1\",\"\",\"\",\"\",\"\"\n").replace("\n", "\r\n"));

        assertThat(scene.run().exitCode()).isZero();
        assertThat(scene.userIds()).isEqualTo("a");
    }

    @Test
    void reportsUsersWhoAreOnTwoLinesInOneChunkAndAcrossChunks() throws Exception {
        scene.write(ImportScene.HEADER
                + "twice,,free,1,,,,\n"
                + "twice,,free,2,,,,\n"
                + ImportScene.users(0, 2_000)
                + "twice,,free,3,,,,\n"
                + "user-7,,free,4,,,,\n"
                + "bad,,gold,5,,,,\n"
                + "bad,,free,6,,,,\n");

        Ran ran = scene.run();

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err().lines())
                .containsExactly(
                        scene.file() + ":3: userId: is also on line 2",
                        scene.file() + ":2004: userId: is also on line 2",
                        scene.file() + ":2005: userId: is also on line 11",
                        scene.file() + ":2006: tier: \"gold\" is not a plan; allowed: free, pro, scale, starter",
                        scene.file() + ":2007: userId: is also on line 2006");
        assertThat(ran.lastLine()).startsWith("Imported 2,001 users (0 already imported, 5 bad rows)");
        assertThat(scene.database()
                        .query("SELECT sum(balance_after) FROM ledger_entry WHERE account_id ="
                                + " (SELECT a.id FROM credit_account a JOIN subscriber s ON s.id = a.subscriber_id"
                                + " WHERE s.user_id = 'twice')"))
                .isEqualTo("1");
        scene.assertAuditIsEmpty();
    }

    @Test
    void changesNothingWhenRunAgain() throws Exception {
        scene.write(ImportScene.HEADER + ImportScene.users(0, 2_500));
        scene.run();
        String before = scene.everything();
        scene.write(ImportScene.HEADER + ImportScene.users(0, 2_500).replace(",free,", ",pro,"));

        Ran again = scene.run();

        assertThat(again.exitCode()).isZero();
        assertThat(again.lastLine()).startsWith("Imported 0 users (2,500 already imported, 0 bad rows)");
        assertThat(scene.everything()).isEqualTo(before);
    }

    @Test
    void goesOnWhereAnInterruptedRunStopped() throws Exception {
        scene.write(ImportScene.HEADER + ImportScene.users(0, 1_234) + "user-1234,,fr");
        scene.run();
        scene.write(ImportScene.HEADER + ImportScene.users(0, 3_000));

        Ran resumed = scene.run();

        assertThat(resumed.exitCode()).isZero();
        assertThat(resumed.lastLine()).startsWith("Imported 1,766 users (1,234 already imported, 0 bad rows)");
        assertThat(scene.database().count("SELECT count(*) FROM ledger_entry")).isEqualTo(3_000);
        scene.assertAuditIsEmpty();
    }

    @Test
    void importsEachUserOnceWhenTwoRunAtTheSameTime() throws Exception {
        scene.write(ImportScene.HEADER + ImportScene.users(0, 5_000));

        CompletableFuture<Ran> one = CompletableFuture.supplyAsync(scene::run);
        CompletableFuture<Ran> other = CompletableFuture.supplyAsync(scene::run);

        assertThat(one.get().exitCode()).isZero();
        assertThat(other.get().exitCode()).isZero();
        assertThat(scene.database().count("SELECT count(*) FROM ledger_entry")).isEqualTo(5_000);
        scene.assertAuditIsEmpty();
    }

    @Test
    void writesNothingInADryRunAndSaysWhatItWould() throws Exception {
        scene.write(ImportScene.HEADER + "there,,free,1,,,,\n");
        scene.run();
        String before = scene.everything();
        scene.write(ImportScene.HEADER
                + "there,,free,1,,,,\n"
                + "new-1,,pro,100,2026-10-01,,,\n"
                + "new-2,,pro,50,,true,,\n"
                + "new-2,,pro,50,,true,,\n"
                + "bad,,free,x,,,,\n");

        Ran ran = scene.run("--dry-run");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err().lines()).hasSize(2);
        assertThat(ran.out().lines())
                .first()
                .isEqualTo("pro: 2 users with 150 credits; 1 on hold, 1 due now, 1 never refreshed");
        assertThat(ran.lastLine())
                .matches("Would import 2 users \\(1 already imported, 2 bad rows\\) in .* s; nothing was written");
        assertThat(scene.everything()).isEqualTo(before);
    }

    @Test
    void importsNobodyFromAFileThatHasOnlyAHeader() throws Exception {
        scene.write(ImportScene.HEADER);

        assertThat(scene.run().exitCode()).isZero();
        assertThat(scene.run().lastLine()).startsWith("Imported 0 users (0 already imported, 0 bad rows)");
    }

    @Test
    void showsItsSessionsByName() throws Exception {
        scene.write(ImportScene.HEADER + "a,,free,1,,,,\n");
        scene.database().execute("""
                CREATE TABLE seen (name text);
                GRANT INSERT ON seen TO credit_operator;
                CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    INSERT INTO seen VALUES (current_setting('application_name'));
                    RETURN NEW;
                END
                $$;
                CREATE TRIGGER note BEFORE INSERT ON subscriber FOR EACH ROW EXECUTE FUNCTION note()
                """);

        scene.run();

        assertThat(scene.database().query("SELECT name FROM seen")).isEqualTo("refresh-planner import");
    }
}
