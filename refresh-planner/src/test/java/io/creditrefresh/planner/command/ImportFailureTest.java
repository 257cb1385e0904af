package io.creditrefresh.planner.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportFailureTest {

    private final ImportScene scene;

    ImportFailureTest(@TempDir Path directory) {
        scene = ImportScene.in(directory);
    }

    @Test
    void saysHowFarItIsWhenTheDatabaseGoesAwayAndGoesOnAfterwards() throws Exception {
        scene.write(ImportScene.HEADER + ImportScene.users(0, 9_000));
        scene.database().execute("""
                CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
                BEGIN
                    PERFORM pg_terminate_backend(pg_backend_pid());
                    RETURN NEW;
                END
                $$;
                CREATE TRIGGER cut BEFORE INSERT ON subscriber FOR EACH ROW WHEN (NEW.user_id = 'user-4500')
                EXECUTE FUNCTION cut()
                """);

        Ran cut = scene.run();

        assertThat(cut.exitCode()).isEqualTo(2);
        assertThat(cut.err().lines()).singleElement().satisfies(line -> assertThat(line)
                .matches(".*users\\.csv: stopped after line 4001, 4,000 users so far: .*"
                        + " What is in stays in; the same command again goes on from here\\."));
        assertThat(scene.database().count("SELECT count(*) FROM subscriber"))
                .isEqualTo(scene.database().count("SELECT count(*) FROM ledger_entry"))
                .isBetween(4_000L, 6_000L);

        scene.database().execute("DROP TRIGGER cut ON subscriber");
        assertThat(scene.run().exitCode()).isZero();
        assertThat(scene.database().count("SELECT count(*) FROM ledger_entry")).isEqualTo(9_000);
        scene.assertAuditIsEmpty();
    }

    @Test
    void refusesAFileWithAnotherHeaderWhole() throws Exception {
        scene.write("userId,email\na,b\n");

        Ran ran = scene.run();

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err().lines())
                .containsExactly(
                        scene.file() + ": the header lacks tier, creditBalance, lastCreditRefresh, creditRefreshHold,"
                                + " creditRefreshDay, customCreditAmount; expected, in any order: "
                                + ImportScene.HEADER.strip());
        assertThat(scene.database().count("SELECT count(*) FROM subscriber")).isZero();
    }

    @Test
    void refusesAFileThatCannotBeRead() throws Exception {
        assertThat(scene.run().exitCode()).isEqualTo(2);
        assertThat(scene.run().err().strip()).isEqualTo(scene.file() + ": there is no such file");

        Files.createDirectory(scene.file());
        assertThat(scene.run().exitCode()).isEqualTo(2);
        assertThat(scene.run().err().lines()).hasSize(1);
    }

    @Test
    void saysInOneLineThatThereIsNoDatabase() throws Exception {
        scene.write(ImportScene.HEADER);

        Ran ran = Ran.command(
                ImportScene.settings("jdbc:postgresql://localhost:1/credits?password=secret", null),
                "import",
                scene.file().toString());

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err().lines()).singleElement().satisfies(line -> assertThat(line)
                .startsWith("cannot connect to jdbc:postgresql://localhost:1/credits as credit_operator: ")
                .doesNotContain("secret"));
    }

    @Test
    void saysWhichRoleItIsMeantForWhenTheOneGivenMayNot() throws Exception {
        scene.write(ImportScene.HEADER + "a,,free,1,,,,\n");

        Ran ran = Ran.command(
                ImportScene.settings(scene.database().url(), "credit_planner"),
                "import",
                scene.file().toString());

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err().lines()).singleElement().satisfies(line -> assertThat(line)
                .contains("permission denied for table")
                .contains("(connected as credit_planner; this command is meant for credit_operator)"));
    }
}
