package io.creditrefresh.worker.batch;

import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.store.BatchStore;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts of jobs by run and outcome, and what was wrong with those that failed. */
public final class Tally {

    private final Map<LocalDate, Map<Outcome, Integer>> counts = new TreeMap<>();
    private final List<Failure> failures = new ArrayList<>();

    /** A job that failed, and why. */
    public record Failure(RefreshJob job, String error) {}

    void add(LocalDate runDate, Outcome outcome) {
        add(runDate, outcome, 1);
    }

    void addAll(Tally other) {
        other.counts.forEach((date, row) -> row.forEach((outcome, jobs) -> add(date, outcome, jobs)));
        failures.addAll(other.failures);
    }

    void addFailed(RefreshJob job, String error) {
        add(BatchTransaction.runDate(job), Outcome.FAILED);
        failures.add(new Failure(job, error));
    }

    public List<Failure> failures() {
        return List.copyOf(failures);
    }

    Map<LocalDate, BatchStore.Counts> perRun() {
        Map<LocalDate, BatchStore.Counts> perRun = new TreeMap<>();
        counts.forEach((date, row) -> perRun.put(date, asCounts(row)));
        return perRun;
    }

    /** Over all runs. */
    public BatchStore.Counts total() {
        Map<Outcome, Integer> sum = new EnumMap<>(Outcome.class);
        counts.values().forEach(row -> row.forEach((outcome, jobs) -> sum.merge(outcome, jobs, Integer::sum)));
        return asCounts(sum);
    }

    private void add(LocalDate runDate, Outcome outcome, int jobs) {
        counts.computeIfAbsent(runDate, date -> new EnumMap<>(Outcome.class)).merge(outcome, jobs, Integer::sum);
    }

    private static BatchStore.Counts asCounts(Map<Outcome, Integer> row) {
        return new BatchStore.Counts(
                row.getOrDefault(Outcome.REFRESHED, 0),
                row.getOrDefault(Outcome.SKIPPED, 0),
                row.getOrDefault(Outcome.ALREADY, 0),
                row.getOrDefault(Outcome.FAILED, 0));
    }
}
