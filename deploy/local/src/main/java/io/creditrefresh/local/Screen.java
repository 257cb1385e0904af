package io.creditrefresh.local;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** What the user sees: lines, and below them one progress line that is drawn again and again where that is possible. */
public final class Screen {

    private static final long PLAIN_PROGRESS_NANOS = Duration.ofSeconds(5).toNanos();
    private static final String ERASE_LINE = "\r\033[K";

    private final PrintStream out;
    private final boolean isTerminal;
    private String progress = "";
    private long shownAt = System.nanoTime() - PLAIN_PROGRESS_NANOS;

    /**
     * Makes a screen.
     *
     * @param isTerminal whether a line can be drawn again; else progress is a line every 5 s
     */
    public Screen(PrintStream out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    /** The screen of this process; {@code deploy/local/run} knows whether it is a terminal. */
    public static Screen ofProcess() {
        return new Screen(System.out, Boolean.getBoolean("credit-refresh.terminal"));
    }

    public synchronized void line(String text) {
        out.print(progress.isEmpty() ? "" : ERASE_LINE);
        out.println(text);
        out.print(progress);
        out.flush();
    }

    /** A line that says what was done and how long it took. */
    public void done(String what, Duration took) {
        line(String.format(Locale.ROOT, "  %-64s %5.1f s", what, took.toMillis() / 1000.0));
    }

    synchronized void progress(String text) {
        if (isTerminal) {
            progress = text;
            out.print(ERASE_LINE + text);
            out.flush();
        } else if (System.nanoTime() - shownAt >= PLAIN_PROGRESS_NANOS) {
            shownAt = System.nanoTime();
            out.println(text);
        }
    }

    /** Ends the progress line with this text. */
    synchronized void endProgress(String text) {
        out.print(progress.isEmpty() ? "" : ERASE_LINE);
        progress = "";
        out.println(text);
    }
}
