package io.creditrefresh.planner.watch;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What keeps ticks from succeeding: said in one line when it begins and once a minute, shown by readiness. */
@Singleton
public class Trouble {

    private static final Logger LOG = Logger.getLogger(Trouble.class);

    private static final Duration SAY_AGAIN = Duration.ofMinutes(1);

    private final Stopwatch sinceSaid = Stopwatch.started();
    private volatile @Nullable String current;

    /** Weather: the database or Kafka is away, and comes back. */
    public void report(String who, Exception e) {
        String text = who + ": " + oneLine(e);
        if (begins(text)) {
            LOG.warnf("[CreditRefresh] Tick failed, the next one tries again. %s", text);
        }
    }

    /** Anything else is ours to repair. */
    public void unexpected(RuntimeException e) {
        if (begins("Unexpected: " + oneLine(e))) {
            LOG.error("[CreditRefresh] Tick failed, the next one tries again", e);
        }
    }

    /** A tick has succeeded. */
    public void over() {
        if (current != null) {
            current = null;
            LOG.info("[CreditRefresh] Ticks succeed again");
        }
    }

    public Optional<String> current() {
        return Optional.ofNullable(current);
    }

    private boolean begins(String text) {
        boolean first = current == null;
        current = text;
        if (first || sinceSaid.elapsed().compareTo(SAY_AGAIN) >= 0) {
            sinceSaid.restart();
            return true;
        }
        return false;
    }

    private static String oneLine(Exception e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ");
    }
}
