package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.movement.Cause;
import io.creditrefresh.ledger.movement.Movement;
import io.creditrefresh.ledger.movement.SubscriberChange;
import io.creditrefresh.ledger.override.Restoration;
import io.creditrefresh.ledger.override.Restoration.BadRefresh;
import io.creditrefresh.ledger.store.RestorationStore;
import io.creditrefresh.ledger.store.SpendStore;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Takes back the refreshes of a bad run, one subscriber and one transaction at a time; again, it goes on. */
public final class Restorations {

    private static final int PAGE = 1_000;

    private final LedgerAccess ledger;
    private final SubscriberChanges changes;
    private final Transactions transactions;

    public Restorations(LedgerAccess ledger) {
        this.ledger = ledger;
        this.changes = ledger.changes();
        this.transactions = ledger.transactions();
    }

    /** What became of one refresh. */
    public enum Fate {
        RESTORED,
        /** It was taken back before. */
        ALREADY,
        /** The account has left its period: nothing of it is left to take. */
        PERIOD_OVER
    }

    /**
     * Takes back the refreshes of a range, each once.
     *
     * @param report gets each refresh with what became of it, as it does
     */
    public void restore(RestorationStore.Range range, Cause cause, boolean dryRun, BiConsumer<BadRefresh, Fate> report)
            throws SQLException {
        Optional<BadRefresh> last = Optional.empty();
        List<BadRefresh> page;
        do {
            Optional<BadRefresh> after = last;
            page = transactions.run(connection -> RestorationStore.find(connection, range, after, PAGE));
            for (BadRefresh bad : page) {
                report.accept(bad, restore(bad, cause, dryRun));
                last = Optional.of(bad);
            }
        } while (page.size() == PAGE);
    }

    private Fate restore(BadRefresh bad, Cause cause, boolean dryRun) throws SQLException {
        Fate[] fate = {Fate.PERIOD_OVER};
        changes.run(
                Command.of(bad.userId(), cause).dryRun(dryRun),
                ledger.dueUnlessPaused(),
                scene -> {
                    if (SpendStore.isTaken(
                            scene.connection(), scene.subscriber().id(), bad.idempotencyKey())) {
                        fate[0] = Fate.ALREADY;
                        return SubscriberChange.none(scene.subscriber());
                    }
                    Optional<Movement> movement = scene.subscriber()
                            .account(bad.accountId())
                            .flatMap(account -> Restoration.apply(account, bad));
                    fate[0] = movement.isPresent() ? Fate.RESTORED : Fate.PERIOD_OVER;
                    return SubscriberChange.of(
                            scene.subscriber(), movement.stream().toList());
                },
                new EntriesOnly());
        return fate[0];
    }
}
