package io.creditrefresh.ledger.race;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.command.BillingSync;
import io.creditrefresh.ledger.command.BulkAtOnce;
import io.creditrefresh.ledger.command.Command;
import io.creditrefresh.ledger.command.LedgerAccess;
import io.creditrefresh.ledger.command.Outcome;
import io.creditrefresh.ledger.command.Overrides;
import io.creditrefresh.ledger.command.Provisioning;
import io.creditrefresh.ledger.command.Refunds;
import io.creditrefresh.ledger.command.Result;
import io.creditrefresh.ledger.command.Spending;
import io.creditrefresh.ledger.command.Subscriptions;
import io.creditrefresh.ledger.movement.Cause;
import io.creditrefresh.ledger.store.SubscriberStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** One of several clients of the same subscriber, with the API's own use cases. */
final class Client {

    final Spending spending;
    final Refunds refunds;
    final Subscriptions subscriptions;
    final Overrides overrides;
    final BillingSync sync;
    final Provisioning provisioning;
    final BulkAtOnce bulk;

    private final LedgerAccess ledger;
    private final LongConsumer clock;
    private Map<String, Long> seen = new HashMap<>();

    Client(LedgerAccess ledger, BulkAtOnce bulk, LongConsumer clock) {
        this.ledger = ledger;
        this.clock = clock;
        spending = new Spending(ledger);
        refunds = new Refunds(ledger);
        subscriptions = new Subscriptions(ledger);
        overrides = new Overrides(ledger);
        sync = new BillingSync(ledger);
        provisioning = new Provisioning(ledger);
        this.bulk = bulk;
    }

    /** Lets time pass, for everybody. */
    Object pass(long millis) {
        clock.accept(millis);
        return millis;
    }

    List<Ran> runAll(String userId, List<Op> ops) {
        seen = new HashMap<>();
        List<Ran> all = new ArrayList<>();
        for (Op op : ops) {
            all.add(run(userId, op));
        }
        return all;
    }

    private Ran run(String userId, Op op) {
        Map<String, Long> from = new HashMap<>(seen);
        long startedAt = ledger.clock().millis();
        Map<String, Long> to = Map.of();
        Object result;
        try {
            result = op.run().by(this, Command.of(userId, new Cause(op.actor(), null)));
            if (result instanceof Outcome.Done<?> done && done.value() instanceof Result value) {
                see(value.after());
            } else if (result instanceof Outcome.Refused<?>) {
                look(userId);
                to = new HashMap<>(seen);
            }
        } catch (SQLException | RuntimeException e) {
            result = e;
        }
        return new Ran(op, result, from, to, startedAt, ledger.clock().millis());
    }

    private void look(String userId) throws SQLException {
        try (Connection connection = ledger.database().getConnection()) {
            SubscriberStore.find(connection, userId).ifPresent(this::see);
        }
    }

    private void see(Subscriber subscriber) {
        for (Account account : subscriber.accounts()) {
            seen.put(account.kind().code(), account.version());
        }
    }
}
