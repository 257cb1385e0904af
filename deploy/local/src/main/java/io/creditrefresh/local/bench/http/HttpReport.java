package io.creditrefresh.local.bench.http;

import io.creditrefresh.local.bench.Figure;
import io.creditrefresh.local.bench.Figures;
import io.creditrefresh.local.bench.http.HttpRound.Step;
import io.creditrefresh.local.bench.round.Median;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The medians of all rounds. */
record HttpReport(List<HttpRound> rounds) {

    private static final String HEAD = "%-30s %10s %8s %8s   %8s %8s %8s";
    private static final String ROW = "%-30s %,10.1f %8s %8s   %8s %8s %8s";
    private static final String NOT_TOLD = "-";

    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(HEAD.formatted("", "", "latency", "in ms", "CPU", "per", "one, µs"));
        lines.add(HEAD.formatted(
                "median of %d".formatted(rounds.size()), "per second", "p50", "p99", "API", "Postgres", "tool"));
        lines.add(row("pgbench, tpcb-like, simple", HttpRound::tpcb));
        lines.add(row("consume, all it can", HttpRound::most));
        lines.add(row("consume, half of that", HttpRound::consume));
        lines.add(row("status, the same rate", HttpRound::status));
        lines.add(text(
                "load of the machine before a round: %.1f",
                Median.of(rounds.stream().map(HttpRound::loadBefore).toList())));
        return lines;
    }

    void addTo(Figures figures) {
        figures.put(Figure.CONSUME_P99_MS, median(HttpRound::consume, Step::p99));
        // Of the ratios of the rounds: within a round both were measured under like conditions.
        figures.put(
                Figure.CONSUME_TO_TPCB,
                Median.of(rounds.stream().map(HttpRound::consumeToTpcb).toList()));
        figures.put(Figure.STATUS_P99_MS, median(HttpRound::status, Step::p99));
    }

    private String row(String name, Function<HttpRound, Step> step) {
        return text(
                ROW,
                name,
                median(step, Step::perSecond),
                told("%.1f", median(step, Step::p50)),
                told("%.1f", median(step, Step::p99)),
                told("%.0f", median(step, Step::api)),
                told("%.0f", median(step, Step::postgres)),
                told("%.0f", median(step, Step::tool)));
    }

    private double median(Function<HttpRound, Step> step, Function<Step, Double> figure) {
        return Median.of(rounds.stream().map(step).map(figure).toList());
    }

    private static String told(String format, double value) {
        return value == 0 ? NOT_TOLD : text(format, value);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
