package io.creditrefresh.ledger.race;

import io.creditrefresh.ledger.bulk.BulkResult;
import io.creditrefresh.ledger.command.Outcome;
import io.creditrefresh.ledger.command.Result;
import io.creditrefresh.ledger.command.Spending;
import io.creditrefresh.ledger.movement.Entry;
import io.creditrefresh.ledger.movement.EntryType;
import io.creditrefresh.ledger.reference.Line;
import io.creditrefresh.ledger.reference.LinesCheck;
import io.creditrefresh.ledger.reference.PriceList;
import io.creditrefresh.ledger.reference.Purse;
import io.creditrefresh.ledger.reference.ReferenceSubscriber;
import io.creditrefresh.ledger.spend.SpentPart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Checks one race: in the order of its entries, each account must be what the reference makes of the ops that wrote
 * them, and every answer must be one that this order can give.
 */
final class RaceCheck {

    private final Script script;
    private final PriceList prices;
    private final Map<String, List<Written>> written;
    private final Map<String, Op> ops;
    /** By kind, the account after its first, second, … entry. */
    private final Map<String, List<Purse>> purses = new HashMap<>();

    private final Map<String, String> kept = new HashMap<>();
    private final Set<String> first = new HashSet<>();

    RaceCheck(Script script, PriceList prices, Map<String, List<Written>> written) {
        this.script = script;
        this.prices = prices;
        this.written = written;
        this.ops = script.ops().stream().collect(Collectors.toMap(Op::actor, Function.identity()));
    }

    void check(Map<String, Purse> left, List<Ran> ran) {
        require(written.keySet().equals(Set.copyOf(script.kinds)), "accounts of other kinds", written.keySet());
        for (String kind : script.kinds) {
            replay(kind);
            Purse last = left.get(kind);
            List<Purse> all = purses.get(kind);
            require(last.equals(all.get(all.size() - 1)), "the account is not what its entries make it", last);
        }
        for (Ran each : ran) {
            checkAnswer(each);
        }
        require(first.equals(kept.keySet()), "not exactly one had an effect under its key", kept);
    }

    private void replay(String kind) {
        List<Written> entries = written.get(kind);
        LinesCheck lines = new LinesCheck();
        List<Purse> after = new ArrayList<>();
        ReferenceSubscriber reference = opened(kind);
        Map<Integer, Integer> lastOfClient = new HashMap<>();
        Set<String> done = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            Written entry = entries.get(i);
            if (i > 0) {
                replay(reference, entry);
                inOrderAndOnce(entry, lastOfClient, done);
            }
            require(reference.lines().size() == i + 1, "the reference wrote " + reference.lines() + " for", entry);
            require(
                    reference.lines().get(i).equals(entry.line()),
                    "not " + reference.lines().get(i) + " but",
                    entry);
            lines.add(entry.line());
            after.add(reference.purses().get(0));
            lines.agreesWith(after.get(i));
            if (i > 0 && !isRefresh(entry) && op(entry).due().isAfterwards() && reference.isDue(kind, entry.at())) {
                Written next = i + 1 < entries.size() ? entries.get(i + 1) : entry;
                require(isRefresh(next) && next.at() == entry.at(), "is due afterwards", entry);
            }
        }
        purses.put(kind, after);
    }

    private ReferenceSubscriber opened(String kind) {
        long at = written.get(kind).get(0).at();
        return new ReferenceSubscriber(script.userId, script.plan, List.of(kind), prices, at).spendingFrom("credits");
    }

    private void replay(ReferenceSubscriber reference, Written entry) {
        boolean isDue = reference.isDue(entry.kind(), entry.at());
        if (isRefresh(entry)) {
            require(Set.of("api", "worker").contains(entry.actor()), "refreshed by somebody else", entry);
            require(isDue, "refreshed without being due", entry);
            reference.refreshDue(entry.at());
        } else {
            require(!isDue || !op(entry).due().isFirst(script.paused), "a due refresh was passed over by", entry);
            op(entry).replay().on(reference, entry);
        }
    }

    /** A client's ops one after the other, and each once. */
    private void inOrderAndOnce(Written entry, Map<Integer, Integer> lastOfClient, Set<String> done) {
        if (!isRefresh(entry)) {
            Op op = op(entry);
            for (int client = 0; client < Script.CLIENTS; client++) {
                if (script.clients.get(client).contains(op)) {
                    int last = lastOfClient.getOrDefault(client, 0);
                    require(last <= op.number(), "after a later op of its client", entry);
                    lastOfClient.put(client, op.number());
                }
            }
            require(done.add(op.actor() + "/" + entry.refreshSeq()), "done twice", entry);
        }
    }

    private void checkAnswer(Ran ran) {
        if (ran.result() instanceof Outcome.Refused<?> refused) {
            require(canBeRefused(ran, refused.refusal().name()), "cannot have been refused", ran);
        } else if (ran.result() instanceof Outcome.Done<?> done) {
            checkDone(ran, done);
        } else if (ran.result() instanceof List<?> results) {
            checkResults(ran, results.stream().map(BulkResult.class::cast).toList());
        } else {
            require(!(ran.result() instanceof Throwable), "failed", ran);
        }
    }

    /** All that it wrote, by hand or because it was due, and no more. */
    private void checkResults(Ran ran, List<BulkResult> results) {
        int byHand = 0;
        for (BulkResult result : results) {
            if (result.entry().isPresent()) {
                Line line = Line.of(result.entry().get());
                require(line.equals(at(line.kind(), line.seq()).line()), "not as written: " + line, ran);
                byHand += result.entry().get().type() == EntryType.REFRESH ? 0 : 1;
            }
        }
        long written = this.written.values().stream()
                .flatMap(List::stream)
                .filter(entry -> entry.actor().equals(ran.op().actor()))
                .count();
        require(byHand == written, "not what it wrote", ran);
    }

    private void checkDone(Ran ran, Outcome.Done<?> done) {
        if (done.value() instanceof Result result) {
            checkResult(ran, result);
        } else if (done.value() instanceof Spending.Spent spent) {
            spent.parts().forEach(part -> checkPart(ran, part));
        } else if (done.value() instanceof Spending.Funds funds) {
            boolean tooLittle = funds.subscriber().accounts().stream()
                    .anyMatch(account -> isRefusedAt(
                            ran.op(),
                            "NOT_ENOUGH",
                            account.kind().code(),
                            account.version(),
                            funds.at().toEpochMilli()));
            require(tooLittle, "there was enough for", ran);
        } else if (done.value() instanceof String lines) {
            checkKept(ran, lines, done.repeated());
        }
    }

    /** Its entries stand in the ledger, and the accounts were then as it says. */
    private void checkResult(Ran ran, Result result) {
        for (Entry entry : result.entries()) {
            if (!(entry.type().name().equals("PROVISION"))) {
                Line line = Line.of(entry);
                require(line.equals(at(line.kind(), line.seq()).line()), "not as written: " + line, ran);
            }
        }
        result.after().accounts().forEach(account -> {
            String kind = account.kind().code();
            Purse purse = purses.get(kind).get((int) account.version() - 1);
            require(
                    purse.allowance() == account.balance().allowance()
                            && purse.bonus() == account.balance().bonus()
                            && purse.end() == account.period().end().getEpochSecond(),
                    "left as nobody has seen it: " + account,
                    ran);
            boolean wrote = written.get(kind).stream()
                    .anyMatch(entry -> entry.actor().equals(ran.op().actor()));
            // By hand, the refresh of a due account is all there is to do; who spends right after it has spent.
            boolean refreshed = ran.op().told().equals("refresh")
                    && result.entries().stream()
                            .anyMatch(entry -> entry.kind().code().equals(kind) && entry.type() == EntryType.REFRESH);
            if (!wrote && !refreshed) {
                ReferenceSubscriber reference = referenceAt(kind, account.version());
                ran.op().replay().on(reference, moment(kind, result.at().toEpochMilli()));
                require(reference.lines().size() == account.version(), "should have had an effect", ran);
            }
        });
    }

    private void checkPart(Ran ran, SpentPart part) {
        Line line = at(part.kind().code(), part.seq()).line();
        require(
                line.type().equals("CONSUME")
                        && line.amount() == -part.amount()
                        && line.bonusChange() == -part.fromBonus()
                        && line.after() == part.balanceAfter(),
                "not as written: " + part,
                ran);
    }

    private void checkKept(Ran ran, String lines, boolean repeated) {
        String key = ran.op().told();
        String earlier = kept.putIfAbsent(key, lines);
        require(earlier == null || earlier.equals(lines), "another answer under its key than " + earlier, ran);
        require(repeated || first.add(key), "a second effect under its key", ran);
        String own = written.values().stream()
                .flatMap(List::stream)
                .filter(entry -> lines.contains(entry.line().toString()))
                .map(Written::actor)
                .filter(actor -> actor.startsWith("op-"))
                .distinct()
                .collect(Collectors.joining());
        require(ops.containsKey(own) && ops.get(own).told().equals(key), "the answer of somebody else", ran);
    }

    private boolean canBeRefused(Ran ran, String refusal) {
        for (String kind : script.kinds) {
            long from = Math.max(1, ran.from().getOrDefault(kind, 1L));
            for (long version = from; version <= ran.to().getOrDefault(kind, 0L); version++) {
                if (isRefusedAt(ran.op(), refusal, kind, version, ran.startedAt())
                        || isRefusedAt(ran.op(), refusal, kind, version, ran.endedAt())) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isRefusedAt(Op op, String refusal, String kind, long version, long at) {
        return op.replay().on(referenceAt(kind, version), moment(kind, at)).equals(refusal);
    }

    /** The reference's account as it was after so many entries. */
    private ReferenceSubscriber referenceAt(String kind, long version) {
        ReferenceSubscriber reference = opened(kind);
        for (Written entry : written.get(kind).subList(1, (int) version)) {
            if (isRefresh(entry)) {
                reference.refreshDue(entry.at());
            } else {
                ops.get(entry.actor()).replay().on(reference, entry);
            }
        }
        return reference;
    }

    private Written at(String kind, long seq) {
        return written.get(kind).get((int) seq - 1);
    }

    private static Written moment(String kind, long at) {
        return new Written(new Line(kind, 0, "", 0, 0, 0, null, null, null, 0, 0), "", at, 0, "");
    }

    private Op op(Written entry) {
        Op op = ops.get(entry.actor());
        require(op != null, "written by nobody", entry);
        return op;
    }

    private static boolean isRefresh(Written entry) {
        return entry.line().type().equals("REFRESH");
    }

    private static void require(boolean holds, String trouble, Object what) {
        if (!holds) {
            throw new AssertionError(trouble + " " + what);
        }
    }
}
