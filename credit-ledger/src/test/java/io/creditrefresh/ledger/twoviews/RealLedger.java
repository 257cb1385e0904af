package io.creditrefresh.ledger.twoviews;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.command.Command;
import io.creditrefresh.ledger.command.EntriesOnly;
import io.creditrefresh.ledger.command.Keeping;
import io.creditrefresh.ledger.command.LedgerAccess;
import io.creditrefresh.ledger.command.Outcome;
import io.creditrefresh.ledger.command.Overrides;
import io.creditrefresh.ledger.command.Provisioning;
import io.creditrefresh.ledger.command.Refunds;
import io.creditrefresh.ledger.command.Rollouts;
import io.creditrefresh.ledger.command.SettingsWish;
import io.creditrefresh.ledger.command.Spending;
import io.creditrefresh.ledger.command.Subscriptions;
import io.creditrefresh.ledger.movement.Cause;
import io.creditrefresh.ledger.movement.Deed;
import io.creditrefresh.ledger.movement.WriteRequest;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.refresh.RefreshDecision;
import io.creditrefresh.ledger.refresh.RefreshRule;
import io.creditrefresh.ledger.rollout.Rollout;
import io.creditrefresh.ledger.spend.SpendOrder;
import io.creditrefresh.ledger.store.CatalogueStore;
import io.creditrefresh.ledger.store.RefreshStore;
import io.creditrefresh.ledger.store.RolloutStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The users of one life as the use cases leave them, by two instances of the API and a worker. */
final class RealLedger implements Side {

    private static final Deed DEED = new Deed("admin:alice", "admin", "change-rollout", null);
    private static final EntriesOnly RESULT = new EntriesOnly();

    private final LifeDatabase database;
    private final LedgerAccess access;
    private final Rollouts rollouts;
    private final Subscriptions subscriptions;
    private final Overrides overrides;
    private final Refunds refunds;
    /** Each remembers the rollout that it saw last. */
    private final Spending[] instances;

    private Instant now = Instant.EPOCH;
    private boolean isPaused;
    private int turn;

    RealLedger(LifeDatabase database, Tariff tariff) {
        this.database = database;
        database.begin(tariff);
        access = new LedgerAccess(database.api, () -> now, () -> !isPaused, "api");
        rollouts = new Rollouts(access);
        subscriptions = new Subscriptions(access);
        overrides = new Overrides(access);
        refunds = new Refunds(access);
        instances = new Spending[] {new Spending(access), new Spending(access)};
    }

    /** Does it; a refusal is an answer. */
    private interface Work<T> {
        Outcome<T> run() throws SQLException;
    }

    private static <T> String answer(Work<T> work) {
        try {
            Outcome<T> outcome = work.run();
            if (outcome instanceof Outcome.Refused<T> refused) {
                return refused.refusal().name();
            }
            Outcome.Done<T> done = (Outcome.Done<T>) outcome;
            if (done.value() instanceof Spending.Funds funds) {
                return funds.needs().stream().anyMatch(need -> need.missing() > 0) ? "TOO_LITTLE" : DONE;
            }
            return done.repeated() ? "REPEATED" : DONE;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Command by(String userId) {
        return Command.of(userId, new Cause("admin:alice", null));
    }

    @Override
    public void at(long second) {
        now = Instant.ofEpochSecond(second);
    }

    @Override
    public String imports(String userId, String plan, long start) {
        database.imports(userId, plan, start);
        return DONE;
    }

    @Override
    public String provision(String userId, String plan) {
        Provisioning.Wish wish = new Provisioning.Wish(plan, null, Optional.empty());
        return answer(() -> new Provisioning(access).provision(by(userId), wish, RESULT));
    }

    @Override
    public String move(Move move) {
        Rollouts.Wish wish =
                new Rollouts.Wish(move.global(), move.percentage(), move.newUsers(), Map.of(), move.isTheEnd());
        return answer(() -> rollouts.change(wish, DEED, false, Optional.empty(), new Unkept(), rollout -> rollout));
    }

    @Override
    public String restart(@Nullable Boolean variable) {
        try {
            rollouts.setFromEnvironment(variable);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        instances[turn % instances.length] = new Spending(access);
        return DONE;
    }

    @Override
    public String override(String userId, @Nullable Boolean isIn) {
        return settings(
                userId,
                new SettingsWish(Optional.empty(), Optional.empty(), Map.of(), Optional.of(Optional.ofNullable(isIn))));
    }

    private String settings(String userId, SettingsWish wish) {
        return answer(() -> subscriptions.changeSettings(by(userId), wish, subscriber -> true, RESULT));
    }

    @Override
    public String pause(boolean paused) {
        isPaused = paused;
        return DONE;
    }

    @Override
    public String spend(String userId, String key, Map<String, Long> asked) {
        Map<CreditKind, Long> amounts = new EnumMap<>(CreditKind.class);
        asked.forEach((kind, amount) -> amounts.put(CreditKind.of(kind), amount));
        WriteRequest request =
                new WriteRequest(key, "%064x".formatted(Map.copyOf(amounts).hashCode()));
        SpendOrder order = new SpendOrder(userId, amounts, "service:shop", Map.of(), request);
        Spending instance = instances[turn++ % instances.length];
        String foreseen = answer(() -> instance.check(userId, amounts));
        String answer = answer(() -> instance.spend(order));
        if (!Set.of("REPEATED", "KEY_REUSED", foreseen).contains(answer)) {
            throw new AssertionError("foreseen was " + foreseen + ", and it came to " + answer);
        }
        return answer;
    }

    @Override
    public String refund(String userId, String key) {
        return answer(() -> refunds.refund(by(userId), key, RESULT));
    }

    @Override
    public String work(String userId, String kind) {
        try (Connection connection = database.worker.getConnection()) {
            connection.setAutoCommit(false);
            try {
                String done = work(connection, database.account(userId, kind));
                connection.commit();
                return done;
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String work(Connection connection, long[] id) throws SQLException {
        Catalogue catalogue = CatalogueStore.read(connection);
        Map<Long, Account> accounts = RolloutStore.placed(connection, RefreshStore.accounts(connection, id), catalogue);
        for (Account account : accounts.values()) {
            if (RefreshRule.decide(account, account.period().end(), catalogue, now)
                    instanceof RefreshDecision.Apply apply) {
                Set<Long> applied = RefreshStore.apply(connection, List.of(apply.refresh()), "worker", now);
                return applied.contains(account.id()) ? DONE : "ALREADY";
            }
        }
        return "NOT_DUE";
    }

    @Override
    public String changePlan(String userId, String plan) {
        return answer(() -> subscriptions.changePlan(by(userId), plan, RESULT));
    }

    @Override
    public String adjust(String userId, String kind, long credits) {
        return answer(() -> overrides.adjust(by(userId), CreditKind.of(kind), credits, RESULT));
    }

    @Override
    public String custom(String userId, String kind, @Nullable Long credits) {
        return settings(
                userId,
                new SettingsWish(
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(CreditKind.of(kind), Optional.ofNullable(credits)),
                        Optional.empty()));
    }

    @Override
    public String fillUp(String userId) {
        return answer(() -> overrides.refresh(by(userId), RESULT));
    }

    @Override
    public String reset(String userId) {
        return answer(() -> overrides.reset(by(userId), RESULT));
    }

    @Override
    public String hold(String userId, boolean isHeld) {
        return answer(() -> subscriptions.hold(by(userId), isHeld, RESULT));
    }

    @Override
    public List<Purse> purses(String userId) {
        return database.purses(userId);
    }

    /** For changes without a key. */
    private static final class Unkept implements Keeping<Rollout> {

        @Override
        public String write(Rollout answer) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Rollout read(String kept) {
            throw new UnsupportedOperationException();
        }
    }
}
