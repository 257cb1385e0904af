package io.creditrefresh.planner.watch;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What keeps ticks from succeeding: said in one line when it begins or changes and once a minute, shown by readiness. */
@Singleton
public class Trouble {

    private static final Logger LOG = Logger.getLogger(Trouble.class);

    private static final Duration SAY_AGAIN = Duration.ofMinutes(1);

    private final Stopwatch sinceSaid = Stopwatch.started();
    private volatile @Nullable String current;
    private volatile boolean ticked;

    /** Weather: {@code who}, the database or Kafka, is away, and comes back. */
    public void report(String who, Exception e) {
        String text = who + ": " + oneLine(e);
        if (isNews(who, text)) {
            LOG.warnf("[CreditRefresh] Tick failed, the next one tries again. %s", text);
        }
    }

    /** Anything else is ours to repair. */
    public void unexpected(RuntimeException e) {
        if (isNews("Unexpected", "Unexpected: " + oneLine(e))) {
            LOG.error("[CreditRefresh] Tick failed, the next one tries again", e);
        }
    }

    /** A tick has succeeded. */
    public void over() {
        ticked = true;
        if (current != null) {
            current = null;
            LOG.info("[CreditRefresh] Ticks succeed again");
        }
    }

    /** What is wrong now; before the first tick, that there was none. */
    public Optional<String> current() {
        String text = current;
        return text == null && !ticked ? Optional.of("no tick has succeeded yet") : Optional.ofNullable(text);
    }

    private boolean isNews(String who, String text) {
        String before = current;
        current = text;
        if (before == null || !before.startsWith(who) || sinceSaid.elapsed().compareTo(SAY_AGAIN) >= 0) {
            sinceSaid.restart();
            return true;
        }
        return false;
    }

    private static String oneLine(Exception e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ");
    }
}
