package io.creditrefresh.planner.command;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What a command printed, and how it ended. */
record Ran(int exitCode, String out, String err) {

    static Ran command(OperatorSettings settings, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Commands.commandLine(() -> settings)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Ran(exitCode, out.toString(), err.toString());
    }

    String lastLine() {
        return out.lines().reduce("", (earlier, later) -> later);
    }
}
