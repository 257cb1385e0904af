package io.creditrefresh.local.bench.round;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The rounds of one kind; what is asked for is the median over them. */
public final class Rounds {

    private final String what;
    private final List<Round> taken = new ArrayList<>();

    public Rounds(String what) {
        this.what = what;
    }

    /** What was measured. */
    public String what() {
        return what;
    }

    public void add(Round round) {
        taken.add(round);
    }

    public List<Round> taken() {
        return Collections.unmodifiableList(taken);
    }

    public double median(ToDoubleFunction<Round> value) {
        return Median.of(taken.stream().map(value::applyAsDouble).toList());
    }

    /** CPU time per refresh, by process. */
    public Map<String, Double> microsByProcess() {
        return micros(Round::cpu);
    }

    /** CPU time per refresh, by process and thread. */
    public Map<String, Double> microsByThread() {
        return micros(Round::threads);
    }

    private Map<String, Double> micros(Function<Round, Map<String, Duration>> times) {
        var micros = new LinkedHashMap<String, Double>();
        for (var name : times.apply(taken.get(0)).keySet()) {
            micros.put(name, median(round -> round.micros(times.apply(round).getOrDefault(name, Duration.ZERO))));
        }
        return micros;
    }
}
