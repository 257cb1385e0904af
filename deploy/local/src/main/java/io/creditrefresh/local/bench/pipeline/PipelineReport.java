package io.creditrefresh.local.bench.pipeline;

import io.creditrefresh.local.bench.Figure;
import io.creditrefresh.local.bench.Figures;
import io.creditrefresh.local.bench.machine.Memory;
import io.creditrefresh.local.bench.round.Round;
import io.creditrefresh.local.bench.round.Rounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What was measured of the pipeline, beside what it is compared with.
 *
 * @param fewest the product when a hundredth of the accounts is due
 * @param some with a fifth of the accounts due
 * @param all with all of them due, which is what counts
 * @param peer the job scheduler
 */
record PipelineReport(Rounds fewest, Comparison some, Comparison all, Rounds peer, MemoryNeed memory, TickTimes ticks) {

    private static final String ROW = "%-26s %10s %9s %7s %6s %6s %5s %6s %6s";

    void addTo(Figures figures) {
        var best = all.best();
        figures.put(Figure.PIPELINE_TO_PLAIN, all.rateToPlain());
        figures.put(Figure.CPU_TO_PLAIN, all.cpuToPlain());
        figures.put(Figure.TO_DB_SCHEDULER, best.median(Round::perSecond) / peer.median(Round::perSecond));
        figures.put(Figure.MEMORY_RATIO, memory.ratio());
        figures.put(Figure.TICK_RATIO, ticks.ratio());
        figures.put(Figure.PLAIN_MICROS, all.plain().median(Round::micros));
        figures.put(Figure.PIPELINE_MICROS, best.median(Round::micros));
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(ROW.formatted("medians", "due", "/s", "µs CPU", "WAL B", "rows", "HOT", "heap", "RSS"));
        rounds().map(PipelineReport::row).forEach(lines::add);
        rounds().forEach(rounds ->
                lines.add("µs of CPU, %s: %s".formatted(name(rounds), CpuParts.text(rounds.microsByProcess()))));
        var best = all.best();
        lines.add("µs of CPU by thread, %s: %s".formatted(name(best), CpuParts.text(best.microsByThread())));
        lines.add(String.format(
                Locale.ROOT,
                "%,d due: the last ledger row %,.0f ms after the first emission",
                refreshes(fewest),
                fewest.median(round -> round.elapsed().toMillis())));
        lines.addAll(memory.lines());
        lines.add(ticks.line());
        return lines;
    }

    private Stream<Rounds> rounds() {
        return Stream.of(Stream.of(fewest), some.all(), all.all(), Stream.of(peer))
                .flatMap(rounds -> rounds);
    }

    private static String name(Rounds rounds) {
        return String.format(Locale.ROOT, "%s, %,d due", rounds.what(), refreshes(rounds));
    }

    private static int refreshes(Rounds rounds) {
        return rounds.taken().get(0).refreshes();
    }

    private static String row(Rounds rounds) {
        return ROW.formatted(
                rounds.what(),
                text("%,.0f", refreshes(rounds)),
                text("%,.0f", rounds.median(Round::perSecond)),
                text("%.1f", rounds.median(Round::micros)),
                text("%.0f", rounds.median(Round::walBytes)),
                text("%.3f", rounds.median(Round::rows)),
                text("%.2f", rounds.median(Round::hot)),
                most(rounds.taken(), Memory.Use::heap),
                most(rounds.taken(), Memory.Use::resident));
    }

    private static String text(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    /** Of the service that has used the most. */
    private static String most(List<Round> rounds, ToLongFunction<Memory.Use> part) {
        var most = rounds.stream()
                .flatMap(round -> round.memory().values().stream())
                .mapToLong(part)
                .max();
        return most.isPresent() ? most.getAsLong() + " MB" : "";
    }
}
