package io.creditrefresh.local.bench.pipeline;

import io.creditrefresh.embedded.PostgresServer;
import io.creditrefresh.local.bench.BenchStack;
import io.creditrefresh.local.bench.machine.Collecting;
import io.creditrefresh.local.bench.machine.Memory;
import io.creditrefresh.local.bench.round.Round;
import io.creditrefresh.local.bench.round.Scene;
import io.creditrefresh.local.bench.round.Written;
import io.creditrefresh.local.day.DayQueries;
import io.creditrefresh.local.day.JobsTopic;
import io.creditrefresh.local.stack.LocalStack;
import io.creditrefresh.local.stack.Service;
import io.creditrefresh.local.stack.ServiceProcess;
import io.creditrefresh.local.token.Bearer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Takes rounds of the product: planner, Kafka and workers as they ship. */
final class PipelineRounds {

    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final Duration ACKNOWLEDGED_LIMIT = Duration.ofSeconds(30);
    private static final int POLL_MS_LEAST = 10;
    private static final int POLL_MS_MOST = 100;
    private static final int POLLS = 1_000;

    private final BenchStack bench;
    private final LocalStack stack;

    PipelineRounds(BenchStack bench) {
        this.bench = bench;
        this.stack = bench.stack();
    }

    /** Measures how fast it is. */
    Round take(Scene scene, int workers) throws SQLException, IOException, InterruptedException {
        return take(scene, workers, false);
    }

    /** Measures how much memory the services need, not how fast they are: their JVMs collect garbage all the time. */
    Round takeCollecting(Scene scene, int workers) throws SQLException, IOException, InterruptedException {
        return take(scene, workers, true);
    }

    private Round take(Scene scene, int workers, boolean collecting)
            throws SQLException, IOException, InterruptedException {
        try (var watch = stack.connect(PostgresServer.SUPERUSER)) {
            PlannerControl.setWatermarkBefore(watch, scene.warmUpDay());
            bench.startServices(collecting ? Memory.LOGGED_AND_COMPACTED : Memory.LOGGED, services(workers));
            try {
                var planner = new PlannerControl(
                        stack.running(Service.PLANNER).orElseThrow(),
                        stack.tokens().of(Bearer.SERVICE));
                warmUp(scene, planner, watch);
                var round = measure(scene, planner, watch, collecting);
                awaitAcknowledged();
                return round;
            } finally {
                stack.running().forEach(ServiceProcess::stop);
            }
        }
    }

    private void warmUp(Scene scene, PlannerControl planner, Connection watch)
            throws SQLException, InterruptedException {
        await(watch, scene.warmUpDay(), scene.warmUp(), planner.tick());
        try (var checkpoint = watch.createStatement()) {
            checkpoint.execute("CHECKPOINT");
        }
    }

    private Round measure(Scene scene, PlannerControl planner, Connection watch, boolean collecting)
            throws SQLException, IOException, InterruptedException {
        var writtenBefore = Written.after(watch, scene.warmUp());
        var memory = new LinkedHashMap<String, Memory>();
        for (var service : stack.running()) {
            memory.put(service.name(), Memory.watch(service.pid(), service.log()));
        }
        var garbage = new Collecting(collecting ? pids() : List.of());
        var cpuBefore = StackCpu.read(stack);
        Duration elapsed;
        try (garbage) {
            garbage.begin();
            requireUndone(watch, scene.day());
            var started = System.nanoTime();
            // Not earlier: from now on a tick of the planner's own emits the accounts as well.
            PlannerControl.setWatermarkBefore(watch, scene.day());
            await(watch, scene.day(), scene.due(), planner.tick());
            elapsed = Duration.ofNanos(System.nanoTime() - started);
        }
        var cpu = StackCpu.read(stack).minus(cpuBefore);
        var uses = new LinkedHashMap<String, Memory.Use>();
        for (var watched : memory.entrySet()) {
            uses.put(watched.getKey(), watched.getValue().peak(garbage));
        }
        var written = Written.after(watch, scene.warmUp() + (long) scene.due());
        return new Round(scene.due(), elapsed, cpu.parts(), cpu.threads(), written.minus(writtenBefore), uses);
    }

    private List<Long> pids() {
        return stack.running().stream().map(ServiceProcess::pid).toList();
    }

    private static Service[] services(int workers) {
        var services = new ArrayList<Service>();
        for (int i = 1; i <= workers; i++) {
            services.add(Service.worker(i));
        }
        services.add(Service.PLANNER);
        return services.toArray(Service[]::new);
    }

    /** What somebody else did must not be taken for something that was done in no time. */
    private static void requireUndone(Connection watch, LocalDate day) throws SQLException {
        var refreshed = new DayQueries(watch).inBatches(day);
        if (refreshed > 0) {
            throw new IllegalStateException(
                    "%d accounts were refreshed before the clock was started".formatted(refreshed));
        }
    }

    /**
     * Waits until the workers have acknowledged every job: one that comes again would be as good in the fresh copy of the
     * next round.
     */
    private void awaitAcknowledged() throws InterruptedException {
        var deadline = System.nanoTime() + ACKNOWLEDGED_LIMIT.toNanos();
        try (var jobs = new JobsTopic(stack.kafka().bootstrapServers())) {
            for (var open = open(jobs); open > 0; open = open(jobs)) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("%d jobs were not acknowledged".formatted(open));
                }
                Thread.sleep(POLL_MS_MOST);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker does not tell what was acknowledged", e);
        }
    }

    private static long open(JobsTopic jobs) throws ExecutionException, InterruptedException {
        return jobs.emitted() - jobs.acknowledged();
    }

    /** Waits for the last one; fails with the emission, or when a service has ended. */
    private void await(Connection watch, LocalDate day, int refreshes, CompletableFuture<Void> emission)
            throws SQLException, InterruptedException {
        var deadline = System.nanoTime() + LIMIT.toNanos();
        var services = stack.running().size();
        var queries = new DayQueries(watch);
        for (var refreshed = queries.inBatches(day); refreshed < refreshes; refreshed = queries.inBatches(day)) {
            if (emission.isCompletedExceptionally()) {
                emission.join();
            }
            if (System.nanoTime() > deadline || stack.running().size() < services) {
                throw new IllegalStateException("%d of %d accounts were refreshed; look into the logs beside %s"
                        .formatted(refreshed, refreshes, stack.log(Service.PLANNER.name())));
            }
            // The more there is to wait for, the less often: looking takes time from those who work.
            Thread.sleep(Math.min(POLL_MS_MOST, Math.max(POLL_MS_LEAST, refreshes / POLLS)));
        }
    }
}
