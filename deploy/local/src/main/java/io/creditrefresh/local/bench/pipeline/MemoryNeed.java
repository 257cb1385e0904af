package io.creditrefresh.local.bench.pipeline;

import io.creditrefresh.local.bench.round.Round;
import io.creditrefresh.local.bench.round.Rounds;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the heaps of the services hold with few and with all accounts due, all garbage collected again and again. */
record MemoryNeed(Rounds few, Rounds all) {

    /** Of the service whose heap grows the most. */
    double ratio() {
        return services(few).mapToDouble(this::ratio).max().orElseThrow();
    }

    List<String> lines() {
        return services(few)
                .sorted()
                .map(service -> String.format(
                        Locale.ROOT,
                        "heap that the %s needs: %,.0f kB with %,d due, %,.0f kB with %,d due",
                        service,
                        needed(few, service),
                        due(few),
                        needed(all, service),
                        due(all)))
                .toList();
    }

    private double ratio(String service) {
        return needed(all, service) / needed(few, service);
    }

    private static Stream<String> services(Rounds rounds) {
        return rounds.taken().get(0).memory().keySet().stream();
    }

    private static int due(Rounds rounds) {
        return rounds.taken().get(0).refreshes();
    }

    /** The most of all rounds: a heap is at its peak only now and then, and a short round is looked at a few times. */
    private static double needed(Rounds rounds, String service) {
        return rounds.taken().stream()
                .mapToLong(round -> needed(round, service))
                .max()
                .orElseThrow();
    }

    private static long needed(Round round, String service) {
        var use = round.memory().get(service);
        if (use == null || use.needed() == 0) {
            throw new IllegalStateException("nothing is known of the heap of " + service);
        }
        return use.needed();
    }
}
