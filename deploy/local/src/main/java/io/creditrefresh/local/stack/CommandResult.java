package io.creditrefresh.local.stack;

import java.time.Duration;

/**
 * What became of an operator's command.
 *
 * @param output standard output and error as they came
 * @param took real time from start to end
 */
public record CommandResult(int exitCode, String output, Duration took) {

    public boolean succeeded() {
        return exitCode == 0;
    }
}
