package io.creditrefresh.local.bench.pipeline;

import io.creditrefresh.local.bench.round.Round;
import java.util.List;
import java.util.Locale;

/** What the heaps of the services hold with few and with all accounts due, all garbage collected again and again. */
record MemoryNeed(Round few, Round all) {

    /** Of the service whose heap grows the most. */
    double ratio() {
        return few.memory().keySet().stream().mapToDouble(this::ratio).max().orElseThrow();
    }

    List<String> lines() {
        return few.memory().keySet().stream()
                .sorted()
                .map(service -> String.format(
                        Locale.ROOT,
                        "heap that the %s needs: %d MB with %,d due, %d MB with %,d due",
                        service,
                        needed(few, service),
                        few.refreshes(),
                        needed(all, service),
                        all.refreshes()))
                .toList();
    }

    private double ratio(String service) {
        return (double) needed(all, service) / needed(few, service);
    }

    private static long needed(Round round, String service) {
        var use = round.memory().get(service);
        if (use == null || use.needed() == 0) {
            throw new IllegalStateException("nothing is known of the heap of " + service);
        }
        return use.needed();
    }
}
