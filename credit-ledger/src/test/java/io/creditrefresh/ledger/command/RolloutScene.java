package io.creditrefresh.ledger.command;

import static io.creditrefresh.ledger.command.CommandLedger.by;
import static io.creditrefresh.ledger.command.CommandLedger.request;
import static io.creditrefresh.ledger.command.CommandLedger.value;

import io.creditrefresh.ledger.command.Spending.SpendResult;
import io.creditrefresh.ledger.movement.Deed;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.rollout.Rollout;
import io.creditrefresh.ledger.spend.SpendOrder;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/** A ledger whose users are moved to Credits v2 and back. */
final class RolloutScene {

    private static final Deed DEED = new Deed("admin:alice", "admin", "change-rollout", null);

    final CommandLedger ledger;
    final Spending spending;
    final Rollouts rollouts;
    final Subscriptions subscriptions;

    RolloutScene(CommandLedger ledger) {
        this.ledger = ledger;
        this.spending = new Spending(ledger.access);
        this.rollouts = new Rollouts(ledger.access);
        this.subscriptions = new Subscriptions(ledger.access);
    }

    SpendResult spend(String userId, String key, CreditKind kind, long amount) throws SQLException {
        return value(spending.spend(order(userId, key, kind, amount)));
    }

    static SpendOrder order(String userId, String key, CreditKind kind, long amount) {
        return new SpendOrder(userId, Map.of(kind, amount), "service:shop", Map.of(), request(key, (int) amount));
    }

    /** Begins the rollout, even at 0 per cent. */
    void begin(int percentage) throws SQLException {
        value(to(1));
        value(to(percentage));
    }

    Outcome<Rollout> to(int percentage) throws SQLException {
        return change(Optional.empty(), Optional.of(percentage), false);
    }

    Outcome<Rollout> close() throws SQLException {
        return change(Optional.empty(), Optional.empty(), true);
    }

    Outcome<Rollout> change(Optional<Boolean> global, Optional<Integer> percentage, boolean closed)
            throws SQLException {
        return rollouts.change(
                new Rollouts.Wish(global.map(Optional::of), percentage, Optional.empty(), Map.of(), closed),
                DEED,
                false,
                Optional.empty(),
                new NothingKept<>(),
                rollout -> rollout);
    }

    /** An admin's word about one user; empty takes it back. */
    void override(String userId, Optional<Boolean> isIn) throws SQLException {
        SettingsWish wish = new SettingsWish(Optional.empty(), Optional.empty(), Map.of(), Optional.of(isIn));
        value(subscriptions.changeSettings(by(userId), wish, subscriber -> true, new EntriesOnly()));
    }
}
