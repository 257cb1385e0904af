package io.creditrefresh.local;

import io.creditrefresh.local.stack.Artefacts;
import io.creditrefresh.local.stack.DataDirectory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a shell calls {@code deploy/local/run} for the run of this process.
 *
 * @param home top folder of the repository
 * @param workingDirectory where the shell is
 * @param data directory of the run
 */
record RunCommand(Path home, Path workingDirectory, Path data) {

    private static final Path SCRIPT = Path.of("deploy/local/run");
    private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[A-Za-z0-9@%+:,./_-]+");

    static RunCommand ofProcess(Artefacts artefacts, DataDirectory data) {
        return new RunCommand(artefacts.home(), Path.of("").toAbsolutePath(), data.path());
    }

    /** The command with these options, in short where the shell is at the top of the repository. */
    String with(String... options) {
        var script = workingDirectory.equals(home) ? SCRIPT : home.resolve(SCRIPT);
        var command = quoted(script.toString())
                + Arrays.stream(options).map(option -> " " + quoted(option)).collect(Collectors.joining());
        return data.equals(home.resolve("deploy/local/data"))
                ? command
                : "%s=%s %s".formatted(DataDirectory.ENVIRONMENT, quoted(data.toString()), command);
    }

    private static String quoted(String word) {
        return NEEDS_NO_QUOTES.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
