package io.creditrefresh.planner.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {

    private static final OperatorSettings SETTINGS = new OperatorSettings(
            "jdbc:postgresql://localhost:1/credits", null, null, InstantSource.system(), Optional.empty());

    @ParameterizedTest
    @ValueSource(strings = {"--help", "import --help", "migrate -h", "events -h", "backfill-v2 -h"})
    void explainsItself(String line) {
        Ran ran = run(line);

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).startsWith("Usage: refresh-planner");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "imprt users.csv",
                "import",
                "import a.csv b.csv",
                "import a.csv --dryrun",
                "migrate now",
                "sync all",
                "events maybe",
                "events on --low-percent 100",
                "backfill-v2 --percentage ten",
                "backfill-v2 all"
            })
    void refusesWhatItDoesNotKnow(String line) {
        Ran ran = run(line);

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).isNotBlank();
    }

    @Test
    void refusesABadSettingInOneLine() {
        StringWriter err = new StringWriter();

        int exitCode = Commands.commandLine(() -> {
                    throw new CommandFailedException("credits.clock.speed: \"fast\" is not allowed");
                })
                .setErr(new PrintWriter(err))
                .execute("migrate");

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString().strip()).isEqualTo("credits.clock.speed: \"fast\" is not allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://localhost/credits?password=secret",
                "jdbc:postgresql://me:secret@localhost/credits",
                ""
            })
    void refusesAUrlOfAnotherDatabase(String url) {
        Ran ran =
                Ran.command(new OperatorSettings(url, null, null, InstantSource.system(), Optional.empty()), "migrate");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err().lines()).singleElement().satisfies(line -> assertThat(line)
                .startsWith("quarkus.datasource.jdbc.url: ")
                .endsWith("; allowed: jdbc:postgresql://HOST:PORT/DATABASE")
                .doesNotContain("secret"));
    }

    private static Ran run(String line) {
        return Ran.command(SETTINGS, line.split(" "));
    }
}
