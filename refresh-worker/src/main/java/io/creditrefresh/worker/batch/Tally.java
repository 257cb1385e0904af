package io.creditrefresh.worker.batch;

import io.creditrefresh.ledger.store.BatchStore;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Counts of jobs by run and outcome. */
public final class Tally {

    private final Map<LocalDate, int[]> counts = new TreeMap<>();

    void add(LocalDate runDate, Outcome outcome) {
        counts.computeIfAbsent(runDate, date -> new int[Outcome.values().length])[outcome.ordinal()]++;
    }

    void addAll(Tally other) {
        other.counts.forEach((date, added) -> {
            int[] sum = counts.computeIfAbsent(date, key -> new int[added.length]);
            Arrays.setAll(sum, i -> sum[i] + added[i]);
        });
    }

    Map<LocalDate, BatchStore.Counts> perRun() {
        Map<LocalDate, BatchStore.Counts> perRun = new TreeMap<>();
        counts.forEach((date, row) -> perRun.put(date, asCounts(row)));
        return perRun;
    }

    /** Over all runs. */
    public BatchStore.Counts total() {
        return asCounts(Stream.of(Outcome.values())
                .mapToInt(outcome -> counts.values().stream()
                        .mapToInt(row -> row[outcome.ordinal()])
                        .sum())
                .toArray());
    }

    private static BatchStore.Counts asCounts(int[] row) {
        return new BatchStore.Counts(
                row[Outcome.REFRESHED.ordinal()],
                row[Outcome.SKIPPED.ordinal()],
                row[Outcome.ALREADY.ordinal()],
                row[Outcome.FAILED.ordinal()]);
    }
}
