package io.creditrefresh.local.bench.pipeline;

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
import java.util.Locale;

/** One run of all rounds on one stack, taken in turn so that what else the machine does meets all of them alike. */
final class PipelineRun {

    private static final int WARM_UP_MOST = 100_000;
    private static final int PEER_USERS_MOST = 20_000;
    private static final int PEER_WARM_UP = 5_000;
    private static final int TICK_DUE = 1_000;
    private static final int MOST_WORKERS = 2;

    private final BenchStack bench;
    private final BenchSize size;
    private final Screen screen;
    private final Templates templates;
    private final StateCheck state;
    private final LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(3);

    PipelineRun(BenchStack bench, BenchSize size, Screen screen) throws SQLException {
        this.bench = bench;
        this.size = size;
        this.screen = screen;
        this.templates = new Templates(bench.stack());
        this.state = new StateCheck(bench.stack());
    }

    /** Rounds of one kind, and how one is taken. */
    private record Kind(Rounds rounds, Scene scene, Taking taking, boolean refreshesAll) {}

    private interface Taking {
        Round take(Scene scene) throws SQLException, IOException, InterruptedException;
    }

    /** What was wrong, a line each. */
    List<String> problems() {
        return state.problems();
    }

    PipelineReport run() throws SQLException, IOException, InterruptedException {
        var few = scene("bench_few", size.accounts() / 5);
        var many = scene("bench_many", size.accounts());
        var kinds = new ArrayList<Kind>();
        kinds.addAll(kinds(few));
        kinds.addAll(kinds(many));
        var users = Math.min(PEER_USERS_MOST, few.due());
        var peer = new PeerRounds(bench.stack(), PEER_WARM_UP, users);
        kinds.add(new Kind(new Rounds("db-scheduler"), few, peer::take, false));
        for (int i = 1; i <= size.rounds(); i++) {
            for (var kind : kinds) {
                kind.rounds().add(take(i, kind));
            }
        }
        var rounds = kinds.stream().map(Kind::rounds).toList();
        var fewDue = memory(scene("bench_fewest", size.accounts() / 100));
        var allDue = memory(many);
        return new PipelineReport(
                rounds.get(3),
                rounds.subList(4, 6),
                rounds.subList(0, 3),
                rounds.get(6),
                fewDue,
                allDue,
                ticks(size.accounts() / 10),
                ticks(size.accounts()));
    }

    private List<Kind> kinds(Scene scene) {
        var kinds = new ArrayList<Kind>();
        kinds.add(new Kind(new Rounds("plain statement"), scene, new PlainRounds(bench.stack())::take, true));
        var pipeline = new PipelineRounds(bench);
        for (int i = 1; i <= MOST_WORKERS; i++) {
            var workers = i;
            var what = "planner, Kafka, %d worker%s".formatted(workers, workers == 1 ? "" : "s");
            kinds.add(new Kind(new Rounds(what), scene, its -> pipeline.take(its, workers), true));
        }
        return kinds;
    }

    private Round take(int number, Kind kind) throws SQLException, IOException, InterruptedException {
        templates.restore(kind.scene().template());
        var load = Machine.load();
        var round = kind.taking().take(kind.scene());
        screen.line(String.format(
                Locale.ROOT,
                "  round %d  %-30s %,9d due %,8.0f/s %6.1f µs CPU each   load before it %.1f",
                number,
                kind.rounds().what(),
                round.refreshes(),
                round.perSecond(),
                round.micros(),
                load));
        if (kind.refreshesAll()) {
            state.check(kind.rounds().what(), kind.scene(), round);
        } else {
            state.checkLedger(kind.rounds().what());
        }
        return round;
    }

    private Round memory(Scene scene) throws SQLException, IOException, InterruptedException {
        templates.restore(scene.template());
        var round = new PipelineRounds(bench).takeCollecting(scene, 1);
        state.checkLedger("memory with %,d due".formatted(scene.due()));
        return round;
    }

    private Duration ticks(int accounts) throws SQLException, IOException, InterruptedException {
        var template = "bench_ticks_" + accounts;
        made(template, accounts, () -> templates.make(template, connection -> BenchAccounts.create(connection, accounts, day)));
        var medians = new ArrayList<Double>();
        for (int i = 0; i < size.rounds(); i++) {
            templates.restore(template);
            medians.add((double) new TickRounds(bench, TICK_DUE).take(day).toNanos());
        }
        return Duration.ofNanos((long) Median.of(medians));
    }

    private Scene scene(String template, int due) throws SQLException {
        var scene = new Scene(template, due, Math.min(WARM_UP_MOST, size.accounts() / 2), day);
        made(template, due, () -> templates.make(
                template, connection -> BenchAccounts.createDue(connection, due, scene.warmUp(), day)));
        return scene;
    }

    private interface Making {
        void make() throws SQLException;
    }

    private void made(String template, int accounts, Making making) throws SQLException {
        var started = System.nanoTime();
        making.make();
        screen.done(
                "%,d accounts created".formatted(accounts), Duration.ofNanos(System.nanoTime() - started));
    }
}
