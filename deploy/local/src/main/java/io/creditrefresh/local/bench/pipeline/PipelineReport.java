package io.creditrefresh.local.bench.pipeline;

import io.creditrefresh.local.bench.Figure;
import io.creditrefresh.local.bench.Figures;
import io.creditrefresh.local.bench.machine.Memory;
import io.creditrefresh.local.bench.round.Round;
import io.creditrefresh.local.bench.round.Rounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * What was measured of the pipeline, beside what it is compared with.
 *
 * @param plain the plain statement, most accounts last
 * @param pipeline the product on the most accounts, by number of workers
 * @param others rounds that are only shown
 * @param peer the job scheduler
 * @param fewDue memory with a hundredth of the accounts due
 * @param allDue memory with all accounts due
 * @param tickOfFew time of a tick among a tenth of the accounts
 * @param tickOfAll time of a tick among all accounts
 */
record PipelineReport(
        Rounds plain,
        List<Rounds> pipeline,
        List<Rounds> others,
        Rounds peer,
        Round fewDue,
        Round allDue,
        Duration tickOfFew,
        Duration tickOfAll) {

    private static final String ROW = "%-38s %9s %8s %7s  %6s %5s %5s %5s %5s";
    private static final double SHOWN_MICROS = 0.2;

    /** The faster number of workers is what counts. */
    Rounds best() {
        return pipeline.stream()
                .max(Comparator.comparingDouble(rounds -> rounds.median(Round::perSecond)))
                .orElseThrow();
    }

    void addTo(Figures figures) {
        var best = best();
        var rate = best.median(Round::perSecond);
        figures.put(Figure.PIPELINE_TO_PLAIN, rate / plain.median(Round::perSecond));
        figures.put(Figure.CPU_TO_PLAIN, best.median(Round::micros) / plain.median(Round::micros));
        figures.put(Figure.TO_DB_SCHEDULER, rate / peer.median(Round::perSecond));
        figures.put(Figure.MEMORY_RATIO, memoryRatio());
        figures.put(Figure.TICK_RATIO, (double) tickOfAll.toNanos() / tickOfFew.toNanos());
        figures.put(Figure.PLAIN_MICROS, plain.median(Round::micros));
        figures.put(Figure.PIPELINE_MICROS, best.median(Round::micros));
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(ROW.formatted("medians", "due", "/s", "µs CPU", "WAL B", "rows", "HOT", "heap", "RSS"));
        for (var rounds : all()) {
            lines.add(row(rounds));
        }
        for (var rounds : all()) {
            lines.add("µs CPU of %s: %s".formatted(rounds.what(), largest(rounds.microsByProcess())));
        }
        lines.add("µs CPU by thread of %s: %s".formatted(best().what(), largest(best().microsByThread())));
        lines.add(memory("heap needed with %,d due".formatted(fewDue.refreshes()), fewDue));
        lines.add(memory("heap needed with %,d due".formatted(allDue.refreshes()), allDue));
        lines.add("%,d due: last ledger row %d ms after the first emission, garbage collected all the while"
                .formatted(fewDue.refreshes(), fewDue.elapsed().toMillis()));
        lines.add(String.format(
                Locale.ROOT,
                "planner tick among a tenth of the accounts %.1f ms, among all of them %.1f ms",
                tickOfFew.toNanos() / 1e6,
                tickOfAll.toNanos() / 1e6));
        return lines;
    }

    private static String largest(Map<String, Double> micros) {
        return micros.entrySet().stream()
                .filter(part -> part.getValue() >= SHOWN_MICROS)
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .map(part -> String.format(Locale.ROOT, "%s %.1f", part.getKey(), part.getValue()))
                .collect(Collectors.joining(", "));
    }

    private List<Rounds> all() {
        var all = new ArrayList<Rounds>(others);
        all.add(plain);
        all.addAll(pipeline);
        all.add(peer);
        return all;
    }

    private double memoryRatio() {
        return fewDue.memory().keySet().stream()
                .mapToDouble(service -> (double) needed(allDue, service) / needed(fewDue, service))
                .max()
                .orElseThrow();
    }

    private static long needed(Round round, String service) {
        return round.memory().get(service).needed();
    }

    private static String row(Rounds rounds) {
        var taken = rounds.taken();
        return ROW.formatted(
                rounds.what(),
                "%,d".formatted(taken.get(0).refreshes()),
                "%,.0f".formatted(rounds.median(Round::perSecond)),
                "%.1f".formatted(rounds.median(Round::micros)),
                "%.0f".formatted(rounds.median(Round::walBytes)),
                "%.3f".formatted(rounds.median(Round::rows)),
                "%.2f".formatted(rounds.median(Round::hot)),
                most(taken, Memory.Use::heap),
                most(taken, Memory.Use::resident));
    }

    private static String most(List<Round> rounds, ToLongFunction<Memory.Use> part) {
        var most = rounds.stream()
                .flatMap(round -> round.memory().values().stream())
                .mapToLong(part)
                .max();
        return most.isPresent() ? most.getAsLong() + "M" : "";
    }

    private static String memory(String what, Round round) {
        return round.memory().entrySet().stream()
                .map(use -> "%s %d MB".formatted(use.getKey(), use.getValue().needed()))
                .collect(Collectors.joining(", ", what + ": ", ""));
    }
}
