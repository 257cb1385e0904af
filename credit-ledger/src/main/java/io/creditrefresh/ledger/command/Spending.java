package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.movement.Cause;
import io.creditrefresh.ledger.movement.Movement;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.refresh.Standing;
import io.creditrefresh.ledger.spend.Spend;
import io.creditrefresh.ledger.spend.SpendOrder;
import io.creditrefresh.ledger.spend.SpentPart;
import io.creditrefresh.ledger.store.CatalogueStore;
import io.creditrefresh.ledger.store.IdempotencyStore;
import io.creditrefresh.ledger.store.MovementStore;
import io.creditrefresh.ledger.store.SpendStore;
import io.creditrefresh.ledger.store.SubscriberStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Spending. The plain case is one statement; what that leaves alone is decided here: a due refresh, a repetition, too
 * little, several accounts.
 */
public final class Spending {

    private static final int ROUNDS = 5;

    private final LedgerAccess ledger;
    private final Transactions transactions;
    private final DueRefreshes dueRefreshes;

    public Spending(LedgerAccess ledger) {
        this.ledger = ledger;
        this.transactions = ledger.transactions();
        this.dueRefreshes = ledger.dueRefreshes();
    }

    /** What became of an order. */
    public sealed interface SpendResult {}

    /** It was spent: so much of each account. */
    public record Spent(List<SpentPart> parts) implements SpendResult {}

    /**
     * There was not enough, and nothing was spent; or nobody has tried.
     *
     * @param needs of all kinds that were asked for
     * @param subscriber as a spend finds them
     */
    public record Funds(List<Need> needs, Subscriber subscriber, Catalogue catalogue, Instant at)
            implements SpendResult {}

    /**
     * What one account has and what was asked of it, in credits.
     *
     * @param missing 0 if it has enough
     */
    public record Need(CreditKind kind, long amount, long balance, long missing) {}

    /** Spends, once under its key. */
    public Outcome<SpendResult> spend(SpendOrder order) throws SQLException {
        Set<Long> overdue = new HashSet<>();
        try {
            Command.checkUser(order.userId());
            Optional<SpentPart> plain = spendPlainly(order);
            if (plain.isPresent()) {
                return new Outcome.Done<>(new Spent(List.of(plain.get())), false);
            }
            for (int round = 0; round < ROUNDS; round++) {
                Optional<Outcome<SpendResult>> outcome = attempt(order, overdue);
                if (outcome.isPresent()) {
                    return outcome.get();
                }
                overdue.addAll(refreshFirst(order));
            }
            throw new SQLException("accounts of a subscriber keep coming due", "40001");
        } catch (Refusal.RefusedException e) {
            return new Outcome.Refused<>(e.refusal());
        }
    }

    /** What an order was answered earlier, under its key; empty if it has not been spent. */
    public Optional<Outcome<SpendResult>> earlier(SpendOrder order) throws SQLException {
        try {
            return transactions
                    .run(connection -> {
                        Subscriber subscriber = SubscriberStore.find(connection, order.userId())
                                .orElseThrow(Refusal.USER_NOT_FOUND::exception);
                        return earlier(connection, subscriber.id(), order);
                    })
                    .map(spent -> new Outcome.Done<>(spent, true));
        } catch (Refusal.RefusedException e) {
            return Optional.of(new Outcome.Refused<>(e.refusal()));
        }
    }

    /** What a spend would find, in the form of one that finds too little: missing is 0 where there is enough. */
    public Outcome<Funds> check(String userId, Map<CreditKind, Long> amounts) throws SQLException {
        Instant now = ledger.clock().instant();
        boolean refreshes = ledger.refreshesByItself().getAsBoolean();
        try {
            return new Outcome.Done<>(
                    transactions.run(connection -> {
                        Subscriber subscriber =
                                SubscriberStore.find(connection, userId).orElseThrow(Refusal.USER_NOT_FOUND::exception);
                        Catalogue catalogue = CatalogueStore.read(connection);
                        Subscriber standing = subscriber.withAccounts(account ->
                                Standing.of(account, catalogue, now, refreshes).account());
                        return new Funds(needs(standing, amounts), standing, catalogue, now);
                    }),
                    false);
        } catch (Refusal.RefusedException e) {
            return new Outcome.Refused<>(e.refusal());
        }
    }

    private Optional<SpentPart> spendPlainly(SpendOrder order) throws SQLException {
        Instant now = ledger.clock().instant();
        boolean refreshes = ledger.refreshesByItself().getAsBoolean();
        try {
            return transactions.runAutocommitted(
                    connection -> SpendStore.spendPlainly(connection, order, refreshes, now));
        } catch (SQLException e) {
            if (Transactions.isTaken(e)) {
                // Another one under this key came first; what it was answered is looked up.
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Empty if an account is to be refreshed first. */
    private Optional<Outcome<SpendResult>> attempt(SpendOrder order, Set<Long> overdue) throws SQLException {
        return transactions.run(connection -> {
            Subscriber subscriber =
                    SubscriberStore.lock(connection, order.userId()).orElseThrow(Refusal.USER_NOT_FOUND::exception);
            Optional<Spent> earlier = earlier(connection, subscriber.id(), order);
            if (earlier.isPresent()) {
                return Optional.of(new Outcome.Done<SpendResult>(earlier.get(), true));
            }
            Instant now = ledger.clock().instant();
            if (ledger.refreshesByItself().getAsBoolean()
                    && subscriber.accounts().stream()
                            .anyMatch(account -> account.isDue(now) && !overdue.contains(account.id()))) {
                return Optional.empty();
            }
            return Optional.of(
                    new Outcome.Done<SpendResult>(decide(connection, subscriber, order, overdue, now), false));
        });
    }

    private Optional<Spent> earlier(Connection connection, long subscriberId, SpendOrder order) throws SQLException {
        var kept = IdempotencyStore.find(connection, subscriberId, order.request());
        if (kept.isEmpty()) {
            if (SpendStore.isTaken(connection, subscriberId, order.ledgerKey())) {
                throw Refusal.KEY_EXPIRED.exception();
            }
            return Optional.empty();
        }
        if (!kept.get().isSame()) {
            throw Refusal.KEY_REUSED.exception();
        }
        return Optional.of(new Spent(SpendStore.spent(connection, subscriberId, order.ledgerKey())));
    }

    private SpendResult decide(
            Connection connection, Subscriber subscriber, SpendOrder order, Set<Long> overdue, Instant now)
            throws SQLException {
        List<Movement> movements = new ArrayList<>();
        for (Map.Entry<CreditKind, Long> each : order.amounts().entrySet()) {
            Account account = account(subscriber, each.getKey());
            Map<String, @Nullable Object> mark =
                    overdue.contains(account.id()) ? Map.of(SpentPart.REFRESH_OVERDUE, true) : Map.of();
            Spend.apply(account, each.getValue())
                    .map(movement -> movement.with(order.details()).with(mark).under(order.ledgerKey()))
                    .ifPresent(movements::add);
        }
        if (movements.size() < order.amounts().size()) {
            Catalogue catalogue = CatalogueStore.read(connection);
            return new Funds(needs(subscriber, order.amounts()), subscriber, catalogue, now);
        }
        if (MovementStore.apply(connection, movements, new Cause(order.actor(), null), now) != movements.size()) {
            throw new IllegalStateException("a locked account was moved by somebody else: " + movements);
        }
        IdempotencyStore.keep(connection, subscriber.id(), order.request(), null, now);
        return new Spent(SpendStore.spent(connection, subscriber.id(), order.ledgerKey()));
    }

    private static List<Need> needs(Subscriber subscriber, Map<CreditKind, Long> amounts) {
        return amounts.entrySet().stream()
                .map(each -> {
                    long balance = account(subscriber, each.getKey()).balance().total();
                    return new Need(each.getKey(), each.getValue(), balance, Math.max(0, each.getValue() - balance));
                })
                .toList();
    }

    private static Account account(Subscriber subscriber, CreditKind kind) {
        return subscriber.accounts().stream()
                .filter(account -> account.kind() == kind)
                .findFirst()
                .orElseThrow(Refusal.NO_SUCH_ACCOUNT::exception);
    }

    /** Accounts that stay due, because they cannot be refreshed. */
    private Set<Long> refreshFirst(SpendOrder order) throws SQLException {
        Instant now = ledger.clock().instant();
        Subscriber subscriber = transactions
                .run(connection -> SubscriberStore.find(connection, order.userId()))
                .orElseThrow(Refusal.USER_NOT_FOUND::exception);
        return dueRefreshes
                .apply(subscriber, transactions.run(CatalogueStore::read), now)
                .overdue();
    }
}
