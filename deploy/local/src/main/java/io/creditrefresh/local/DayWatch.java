package io.creditrefresh.local;

import io.creditrefresh.local.day.Progress;
import io.creditrefresh.local.day.ProgressLine;
import io.creditrefresh.local.day.ProgressProbe;
import io.creditrefresh.local.day.SimulatedDay;
import io.creditrefresh.local.stack.LocalStack;
import io.creditrefresh.local.stack.Service.Kind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/** Shows the simulated day pass, then waits until nothing of it is open any more. */
final class DayWatch {

    private static final int LOOK_EVERY_MS = 500;
    private static final int RATE_OVER_LOOKS = 6;

    // A job that was lost is emitted again after the grace time, at normal speed 10 minutes.
    private static final Duration NO_PROGRESS_LIMIT = Duration.ofMinutes(12);
    private static final Duration QUIET_WAIT = Duration.ofSeconds(5);
    private static final Duration ACKNOWLEDGED_LIMIT = Duration.ofSeconds(6);
    private static final Duration NOBODY_LEFT_LIMIT = Duration.ofSeconds(10);

    private final LocalStack stack;
    private final SimulatedDay day;
    private final Screen screen;
    private final ProgressLine line;
    private final Deque<Look> looks = new ArrayDeque<>();

    private record Look(long nanos, long refreshed) {}

    DayWatch(LocalStack stack, SimulatedDay day, Screen screen) {
        this.stack = stack;
        this.day = day;
        this.screen = screen;
        this.line = new ProgressLine(day);
    }

    /** Returns the real time from the start of the day until nothing was open, or until it has given up. */
    Duration watch() throws InterruptedException {
        try (var probe = new ProgressProbe(stack, day)) {
            var progress = show(probe);
            while (progress.time().isBefore(day.end())) {
                Thread.sleep(LOOK_EVERY_MS);
                progress = show(probe);
            }
            awaitNothingOpen(probe);
            var took = Duration.between(day.startedAt(), InstantSource.system().instant());
            screen.endProgress(text(awaitNoLag(probe)));
            return took;
        }
    }

    private void awaitNothingOpen(ProgressProbe probe) throws InterruptedException {
        var open = probe.open();
        var begun = System.nanoTime();
        var changed = begun;
        var isAnnounced = false;
        while (open > 0) {
            if (!isAnnounced && since(begun).compareTo(QUIET_WAIT) > 0) {
                isAnnounced = true;
                screen.line("The day is over, waiting for %,d accounts that are still open".formatted(open));
            }
            if (since(changed).compareTo(limit()) > 0) {
                screen.line("Gave up: %,d accounts are open and nothing happens any more".formatted(open));
                return;
            }
            Thread.sleep(LOOK_EVERY_MS);
            show(probe);
            var before = open;
            open = probe.open();
            changed = open == before ? changed : System.nanoTime();
        }
    }

    /** What is committed in the ledger is acknowledged to Kafka a moment later. */
    private Progress awaitNoLag(ProgressProbe probe) throws InterruptedException {
        var begun = System.nanoTime();
        var progress = probe.probe();
        while (progress.lag() > 0 && since(begun).compareTo(ACKNOWLEDGED_LIMIT) < 0) {
            Thread.sleep(LOOK_EVERY_MS);
            progress = show(probe);
        }
        return progress;
    }

    private Duration limit() {
        return isAlive(Kind.PLANNER) && isAlive(Kind.WORKER) ? NO_PROGRESS_LIMIT : NOBODY_LEFT_LIMIT;
    }

    private boolean isAlive(Kind kind) {
        return stack.running().stream().anyMatch(process -> process.service().kind() == kind);
    }

    private Progress show(ProgressProbe probe) throws InterruptedException {
        var progress = probe.probe();
        screen.progress(text(progress));
        return progress;
    }

    private String text(Progress progress) {
        looks.addLast(new Look(System.nanoTime(), progress.refreshed()));
        if (looks.size() > RATE_OVER_LOOKS) {
            looks.removeFirst();
        }
        var oldest = looks.getFirst();
        var newest = looks.getLast();
        var seconds = (newest.nanos() - oldest.nanos()) / 1e9;
        return line.text(progress, seconds == 0 ? 0 : (newest.refreshed() - oldest.refreshed()) / seconds);
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
