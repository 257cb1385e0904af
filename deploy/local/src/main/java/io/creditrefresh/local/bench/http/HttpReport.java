package io.creditrefresh.local.bench.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditrefresh.local.bench.http.HttpRound.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The medians of all rounds, beside what they must reach.
 *
 * @param spent credits, one by each spend, as the ledger has them
 */
record HttpReport(List<HttpRound> rounds, long spent) {

    static final double CONSUME_LIMIT_MS = 50;
    static final double STATUS_LIMIT_MS = 200;
    static final double RATIO_LIMIT = 1;

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
        lines.add(text("consume to tpcb-like: %.2f (limit %.1f)", consumeToTpcb(), RATIO_LIMIT));
        lines.add(text(
                "spent: %,d, as many as answers; audit: nothing found; load of the machine before a round: %.1f",
                spent, median(HttpRound::loadBefore)));
        return lines;
    }

    /** What was not reached, a line each. */
    List<String> missed() {
        var missed = new ArrayList<String>();
        if (consumeP99() >= CONSUME_LIMIT_MS) {
            missed.add(text("consume: p99 is not below %.0f ms", CONSUME_LIMIT_MS));
        }
        if (consumeToTpcb() < RATIO_LIMIT) {
            missed.add(text("consume to tpcb-like is below %.1f", RATIO_LIMIT));
        }
        if (statusP99() >= STATUS_LIMIT_MS) {
            missed.add(text("status: p99 is not below %.0f ms", STATUS_LIMIT_MS));
        }
        return missed;
    }

    /** All figures as one JSON object. */
    String json() {
        var figures = new LinkedHashMap<String, Object>();
        figures.put("consumeP99Ms", rounded(consumeP99()));
        figures.put("consumeToTpcb", rounded(consumeToTpcb()));
        figures.put("statusP99Ms", rounded(statusP99()));
        figures.put("consumeP50Ms", rounded(median(HttpRound::consume, Step::p50)));
        figures.put("consumePerSecond", rounded(median(HttpRound::most, Step::perSecond)));
        figures.put("tpcbPerSecond", rounded(median(HttpRound::tpcb, Step::perSecond)));
        figures.put("consumeMicros", micros(HttpRound::most));
        figures.put("tpcbMicros", micros(HttpRound::tpcb));
        figures.put("statusMicros", micros(HttpRound::status));
        figures.put("rounds", rounds.size());
        figures.put("spent", spent);
        try {
            return new ObjectMapper().writeValueAsString(figures);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private double consumeP99() {
        return median(HttpRound::consume, Step::p99);
    }

    private double statusP99() {
        return median(HttpRound::status, Step::p99);
    }

    /** Of the ratios of the rounds: within a round both were measured under like conditions. */
    private double consumeToTpcb() {
        return median(HttpRound::consumeToTpcb);
    }

    private Map<String, Double> micros(Function<HttpRound, Step> step) {
        var micros = new LinkedHashMap<String, Double>();
        micros.put("api", rounded(median(step, Step::api)));
        micros.put("postgres", rounded(median(step, Step::postgres)));
        micros.put("tool", rounded(median(step, Step::tool)));
        return micros;
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

    private double median(Function<HttpRound, Step> step, ToDoubleFunction<Step> figure) {
        return median(round -> figure.applyAsDouble(step.apply(round)));
    }

    private double median(ToDoubleFunction<HttpRound> figure) {
        var sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static String told(String format, double value) {
        return value == 0 ? NOT_TOLD : text(format, value);
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
