package io.creditrefresh.api.explain;

import io.creditrefresh.ledger.account.BillingState;
import io.creditrefresh.ledger.command.Command;
import io.creditrefresh.ledger.command.EntriesOnly;
import io.creditrefresh.ledger.command.LedgerAccess;
import io.creditrefresh.ledger.command.Outcome;
import io.creditrefresh.ledger.command.Overrides;
import io.creditrefresh.ledger.command.Provisioning;
import io.creditrefresh.ledger.command.Refunds;
import io.creditrefresh.ledger.command.Spending;
import io.creditrefresh.ledger.command.Subscriptions;
import io.creditrefresh.ledger.movement.Cause;
import io.creditrefresh.ledger.movement.WriteRequest;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.spend.SpendOrder;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Writes a user's history with the use cases that services write it with, at times of the test's choice. */
final class LedgerHistory {

    private static final String HASH = "0".repeat(64);

    private final String userId;
    private final LedgerAccess ledger;
    private Instant now = Instant.parse("2026-09-01T08:00:00Z");

    LedgerHistory(DataSource database, String userId) {
        this.userId = userId;
        this.ledger = new LedgerAccess(database, () -> now, () -> true, "api");
    }

    LedgerHistory at(String instant) {
        now = Instant.parse(instant);
        return this;
    }

    LedgerHistory provision(String plan, @Nullable String email) {
        return done(() -> new Provisioning(ledger)
                .provision(command(null), new Provisioning.Wish(plan, email, Optional.empty()), new EntriesOnly()));
    }

    LedgerHistory spend(String key, long credits) {
        return spend(key, credits, Map.of());
    }

    LedgerHistory spend(String key, long credits, Map<String, @Nullable Object> details) {
        SpendOrder order = new SpendOrder(
                userId, Map.of(CreditKind.CREDITS, credits), "service:shop", details, new WriteRequest(key, HASH));
        return done(() -> new Spending(ledger).spend(order));
    }

    LedgerHistory refund(String key) {
        return done(() -> new Refunds(ledger).refund(command(null), key, new EntriesOnly()));
    }

    LedgerHistory changePlan(String plan) {
        return done(() -> new Subscriptions(ledger).changePlan(command(null), plan, new EntriesOnly()));
    }

    LedgerHistory billing(BillingState state) {
        return done(() -> new Subscriptions(ledger).changeBillingState(command(null), state, null, new EntriesOnly()));
    }

    LedgerHistory hold(boolean hold) {
        return done(() -> new Subscriptions(ledger).hold(command("fraud check"), hold, new EntriesOnly()));
    }

    LedgerHistory adjust(long credits) {
        return done(() -> new Overrides(ledger)
                .adjust(command("goodwill, taken back"), CreditKind.CREDITS, credits, new EntriesOnly()));
    }

    LedgerHistory refresh() {
        return done(() -> new Overrides(ledger).refresh(command(null), new EntriesOnly()));
    }

    /** One of nearly everything: free, then pro, then starter; 13 entries, 4,750 of allowance and 600 of bonus left. */
    LedgerHistory eventful() {
        return provision("free", null)
                .at("2026-09-10T08:00:00Z")
                .spend("one", 800)
                .at("2026-10-02T08:00:00Z")
                .spend("two", 100)
                .at("2026-10-05T08:00:00Z")
                .changePlan("pro")
                .at("2026-10-06T08:00:00Z")
                .spend("three", 20_500)
                .at("2026-10-07T08:00:00Z")
                .refund("three")
                .at("2026-10-08T08:00:00Z")
                .adjust(-300)
                .changePlan("starter")
                .hold(true)
                .hold(false)
                .at("2026-11-05T08:00:00Z")
                .refresh()
                .spend("four", 250, Map.of("action", "report"));
    }

    private Command command(@Nullable String reason) {
        return Command.of(userId, new Cause("admin:alice", reason));
    }

    private interface Deed {
        Outcome<?> run() throws SQLException;
    }

    private LedgerHistory done(Deed deed) {
        try {
            Outcome<?> outcome = deed.run();
            if (!(outcome instanceof Outcome.Done<?>)) {
                throw new IllegalStateException("refused: " + outcome);
            }
            return this;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
