package io.creditrefresh.local.bench.pipeline;

import io.creditrefresh.embedded.PostgresServer;
import io.creditrefresh.local.Screen;
import io.creditrefresh.local.bench.BenchAccounts;
import io.creditrefresh.local.bench.BenchSize;
import io.creditrefresh.local.bench.BenchStack;
import io.creditrefresh.local.bench.machine.Machine;
import io.creditrefresh.local.bench.peer.PeerRounds;
import io.creditrefresh.local.bench.round.Median;
import io.creditrefresh.local.bench.round.PlainRounds;
import io.creditrefresh.local.bench.round.Round;
import io.creditrefresh.local.bench.round.Rounds;
import io.creditrefresh.local.bench.round.Scene;
import io.creditrefresh.local.bench.round.StateCheck;
import io.creditrefresh.local.bench.round.Templates;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All rounds on one stack, taken in turn, so that whatever else the machine does meets all of them alike. */
final class PipelineRun {

    private static final int WARM_UP_MOST = 300_000;
    private static final int PEER_USERS_MOST = 20_000;
    private static final int PEER_WARM_UP_MOST = 20_000;

    // What a heap needs must not be hidden by what it needed before.
    private static final int MEMORY_WARM_UP_MOST = 3_000;
    private static final int TICK_DUE = 1_000;
    private static final int WORKERS_MOST = 2;

    private final BenchStack bench;
    private final BenchSize size;
    private final Screen screen;
    private final Templates templates;
    private final StateCheck state;
    private final LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(2);

    PipelineRun(BenchStack bench, BenchSize size, Screen screen) throws SQLException {
        this.bench = bench;
        this.size = size;
        this.screen = screen;
        this.templates = new Templates(bench.stack());
        this.state = new StateCheck();
    }

    interface Taking {
        Round take(Scene scene) throws SQLException, IOException, InterruptedException;
    }

    /** Rounds of one kind: on what they are taken, how, and whether they must leave what others leave of the scene. */
    record Kind(Rounds rounds, Scene scene, Taking taking, boolean refreshesAll) {}

    /** What was wrong, a line each. */
    List<String> problems() {
        return state.problems();
    }

    PipelineReport run() throws SQLException, IOException, InterruptedException {
        var few = size.accounts() / 100;
        var some = scene("bench_some", size.accounts() / 5, WARM_UP_MOST);
        var quick = pipeline(scene("bench_few", few, WARM_UP_MOST), 1);
        var ofSome = comparison(some);
        var ofAll = comparison(scene("bench_all", size.accounts(), WARM_UP_MOST));
        var peer = peer(some);
        var memoryOfFew = memory(scene("bench_memory_few", few, MEMORY_WARM_UP_MOST));
        var memoryOfAll = memory(scene("bench_memory_all", size.accounts(), MEMORY_WARM_UP_MOST));
        takeInTurn(
                Stream.of(Stream.of(quick), ofSome.stream(), ofAll.stream(), Stream.of(peer, memoryOfFew, memoryOfAll))
                        .flatMap(kinds -> kinds)
                        .toList());
        var memory = new MemoryNeed(memoryOfFew.rounds(), memoryOfAll.rounds());
        return new PipelineReport(
                quick.rounds(), comparison(ofSome), comparison(ofAll), peer.rounds(), memory, ticks());
    }

    private List<Kind> comparison(Scene scene) {
        return Stream.concat(
                        Stream.of(plain(scene)),
                        IntStream.rangeClosed(1, WORKERS_MOST).mapToObj(workers -> pipeline(scene, workers)))
                .toList();
    }

    private static Comparison comparison(List<Kind> kinds) {
        var rounds = kinds.stream().map(Kind::rounds).toList();
        return new Comparison(rounds.get(0), rounds.subList(1, rounds.size()));
    }

    Kind plain(Scene scene) {
        return new Kind(new Rounds("plain statement"), scene, new PlainRounds(bench.stack())::take, true);
    }

    private Kind pipeline(Scene scene, int workers) {
        var pipeline = new PipelineRounds(bench);
        var what = "pipeline, %d worker%s".formatted(workers, workers == 1 ? "" : "s");
        return new Kind(new Rounds(what), scene, its -> pipeline.take(its, workers), true);
    }

    private Kind peer(Scene scene) {
        var peer = new PeerRounds(
                bench.stack(), Math.min(PEER_WARM_UP_MOST, scene.warmUp()), Math.min(PEER_USERS_MOST, scene.due()));
        return new Kind(new Rounds("db-scheduler"), scene, peer::take, false);
    }

    /** Its rate and its CPU time tell nothing: it is slowed down. */
    Kind memory(Scene scene) {
        var pipeline = new PipelineRounds(bench);
        return new Kind(new Rounds("memory, 1 worker"), scene, its -> pipeline.takeCollecting(its, 1), true);
    }

    void takeInTurn(List<Kind> kinds) throws SQLException, IOException, InterruptedException {
        for (int number = 1; number <= size.rounds(); number++) {
            for (var kind : kinds) {
                kind.rounds().add(take(number, kind));
            }
        }
    }

    private Round take(int number, Kind kind) throws SQLException, IOException, InterruptedException {
        templates.restore(kind.scene().template());
        var load = Machine.load();
        var round = kind.taking().take(kind.scene());
        var what = kind.rounds().what();
        screen.line(new RoundLine(number, what, round, load).text());
        try (var connection = bench.stack().connect(PostgresServer.SUPERUSER)) {
            if (kind.refreshesAll()) {
                state.check(connection, what, kind.scene(), round);
            } else {
                state.checkLedger(connection, what);
            }
        }
        return round;
    }

    /** Last, because no worker takes what it emits. */
    private TickTimes ticks() throws SQLException, IOException, InterruptedException {
        var fewer = size.accounts() / 10;
        make("bench_ticks_among_fewer", fewer, connection -> BenchAccounts.create(connection, fewer, day));
        make(
                "bench_ticks_among_more",
                size.accounts(),
                connection -> BenchAccounts.create(connection, size.accounts(), day));
        var amongFewer = new ArrayList<Double>();
        var amongMore = new ArrayList<Double>();
        for (int i = 0; i < size.rounds(); i++) {
            amongFewer.add(tickNanos("bench_ticks_among_fewer"));
            amongMore.add(tickNanos("bench_ticks_among_more"));
        }
        return new TickTimes(TICK_DUE, fewer, median(amongFewer), size.accounts(), median(amongMore));
    }

    private double tickNanos(String template) throws SQLException, IOException, InterruptedException {
        templates.restore(template);
        return new TickRounds(bench, TICK_DUE).take(day).toNanos();
    }

    private static Duration median(List<Double> nanos) {
        return Duration.ofNanos((long) Median.of(nanos));
    }

    Scene scene(String template, int due, int warmUpMost) throws SQLException {
        var warmUp = Math.min(warmUpMost, size.accounts() / 2);
        make(template, due, connection -> BenchAccounts.createDue(connection, due, warmUp, day));
        return new Scene(template, due, warmUp, day);
    }

    private void make(String template, int accounts, Templates.Filling filling) throws SQLException {
        var started = System.nanoTime();
        templates.make(template, filling);
        screen.done("%,d accounts made".formatted(accounts), Duration.ofNanos(System.nanoTime() - started));
    }
}
