package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.movement.Cause;
import io.creditrefresh.ledger.movement.Movement;
import io.creditrefresh.ledger.movement.SubscriberChange;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.refresh.Standing;
import io.creditrefresh.ledger.rollout.Rollout;
import io.creditrefresh.ledger.rollout.View;
import io.creditrefresh.ledger.spend.PlainSpend;
import io.creditrefresh.ledger.spend.SpendOrder;
import io.creditrefresh.ledger.spend.SpendRule;
import io.creditrefresh.ledger.spend.SpendRule.Need;
import io.creditrefresh.ledger.spend.SpentPart;
import io.creditrefresh.ledger.store.CatalogueStore;
import io.creditrefresh.ledger.store.IdempotencyStore;
import io.creditrefresh.ledger.store.MovementStore;
import io.creditrefresh.ledger.store.RolloutStore;
import io.creditrefresh.ledger.store.SpendStore;
import io.creditrefresh.ledger.store.SubscriberStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Spending. Plain cases are gathered in one statement; what that leaves alone is decided here: a due refresh, a repetition,
 * too little, several accounts, one that somebody else is changing.
 */
public final class Spending {

    private static final int ROUNDS = 5;

    private final LedgerAccess ledger;
    private final Transactions transactions;
    private final DueRefreshes dueRefreshes;
    private final GatheredSpends plainSpends;

    /** As last read; a spend that finds another revision reads it anew. */
    private volatile @Nullable Rollout rollout;

    public Spending(LedgerAccess ledger) {
        this.ledger = ledger;
        this.transactions = ledger.transactions();
        this.dueRefreshes = ledger.dueRefreshes();
        this.plainSpends = new GatheredSpends(PlainStatement.on(ledger));
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

    /** Spends, once under its key. */
    public Outcome<SpendResult> spend(SpendOrder order) throws SQLException {
        try {
            Command.checkUser(order.userId());
            Optional<WaitingSpend> plain = plain(order).map(WaitingSpend::new);
            try {
                Optional<SpentPart> part = plain.isPresent() ? spendPlainly(plain.get()) : Optional.empty();
                return part.isPresent()
                        ? new Outcome.Done<>(new Spent(List.of(part.get())), false)
                        : spendByTheRules(order);
            } finally {
                // Not before: of one user's callers one at a time has a connection.
                plain.ifPresent(plainSpends::finish);
            }
        } catch (Refusal.RefusedException e) {
            return new Outcome.Refused<>(e.refusal());
        }
    }

    private Outcome<SpendResult> spendByTheRules(SpendOrder order) throws SQLException {
        Set<Long> overdue = new HashSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            Optional<Outcome<SpendResult>> outcome = attempt(order, overdue);
            if (outcome.isPresent()) {
                return outcome.get();
            }
            overdue.addAll(refreshFirst(order));
        }
        throw new SQLException("accounts of a subscriber keep coming due", "40001");
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
                        Rollout known = RolloutStore.read(connection);
                        Map<Long, Account> due = RolloutStore.foreseenDue(connection, subscriber, catalogue, now);
                        Subscriber standing = subscriber.withAccounts(account -> Standing.of(
                                        due.getOrDefault(account.id(), account), catalogue, now, refreshes)
                                .account()
                                .inView(account.isInView()));
                        if (subscriber.placement().view() == View.V2) {
                            standing = ActivePeriods.foreseen(connection, standing, catalogue, now);
                        }
                        return new Funds(needs(standing, amounts, known), standing, catalogue, now);
                    }),
                    false);
        } catch (Refusal.RefusedException e) {
            return new Outcome.Refused<>(e.refusal());
        }
    }

    /** Nothing while it depends on the user what is taken from where. */
    private Optional<PlainSpend> plain(SpendOrder order) throws SQLException {
        Rollout known = rollout;
        if (known == null) {
            known = transactions.run(RolloutStore::read);
            rollout = known;
        }
        Optional<View> view = known.isOpen() ? Optional.empty() : known.viewOfAll();
        boolean isUnits = view.isPresent() && view.get() == View.V2;
        CreditKind kind = isUnits ? order.amounts().keySet().iterator().next() : CreditKind.CREDITS;
        if (view.isEmpty() || (isUnits && (order.amounts().size() > 1 || kind == CreditKind.CREDITS))) {
            return Optional.empty();
        }
        long amount =
                isUnits ? order.amounts().values().iterator().next() : SpendRule.inCredits(order.amounts(), known);
        return Optional.of(new PlainSpend(order, kind, amount, known.revision()));
    }

    private Optional<SpentPart> spendPlainly(WaitingSpend spend) throws SQLException {
        try {
            return plainSpends.spend(spend);
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
            Rollout current = RolloutStore.read(connection);
            rollout = current;
            Subscriber complete = complete(connection, subscriber.placedBy(current), order, current, now)
                    .placedBy(current);
            return Optional.of(
                    new Outcome.Done<SpendResult>(decide(connection, complete, order, current, overdue, now), false));
        });
    }

    /** With the accounts that this spend needs, opened if they are not there. */
    private static Subscriber complete(
            Connection connection, Subscriber subscriber, SpendOrder order, Rollout rollout, Instant now)
            throws SQLException {
        boolean asksForUnits = order.amounts().keySet().stream().anyMatch(View.V2::shows);
        boolean needsBoth = subscriber.placement().view() == View.V2 || (rollout.isOpen() && asksForUnits);
        return needsBoth ? ActivePeriods.getOrCreate(connection, subscriber, order.actor(), now) : subscriber;
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
            Connection connection,
            Subscriber subscriber,
            SpendOrder order,
            Rollout current,
            Set<Long> overdue,
            Instant now)
            throws SQLException {
        List<Need> needs = needs(subscriber, order.amounts(), current);
        Optional<List<Movement>> spend = SpendRule.apply(subscriber, order.amounts(), current, order.ledgerKey());
        if (spend.isEmpty()) {
            return new Funds(needs, subscriber, CatalogueStore.read(connection), now);
        }
        List<Movement> movements = spend.get().stream()
                .map(movement -> movement.with(order.details())
                        .with(
                                overdue.contains(movement.before().id())
                                        ? Map.of(SpentPart.REFRESH_OVERDUE, true)
                                        : Map.of()))
                .toList();
        for (List<Movement> round : SubscriberChange.of(subscriber, movements).rounds()) {
            if (MovementStore.apply(connection, round, new Cause(order.actor(), null), now) != round.size()) {
                throw new IllegalStateException("a locked account was moved by somebody else: " + round);
            }
        }
        IdempotencyStore.keep(connection, subscriber.id(), order.request(), null, now);
        return new Spent(SpendStore.spent(connection, subscriber.id(), order.ledgerKey()));
    }

    /** What is asked of accounts that are there. */
    private static List<Need> needs(Subscriber subscriber, Map<CreditKind, Long> amounts, Rollout rollout) {
        boolean isUnits = subscriber.placement().view() == View.V2;
        if (isUnits && amounts.containsKey(CreditKind.CREDITS)) {
            throw Refusal.POOL_IS_CLOSED.exception();
        }
        Set<CreditKind> asked = isUnits ? amounts.keySet() : Set.of(CreditKind.CREDITS);
        if (!asked.stream().allMatch(kind -> subscriber.account(kind).isPresent())) {
            throw Refusal.NO_SUCH_ACCOUNT.exception();
        }
        return SpendRule.needs(subscriber, amounts, rollout);
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
