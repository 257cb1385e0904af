package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.movement.Entry;
import io.creditrefresh.ledger.movement.Movement;
import io.creditrefresh.ledger.movement.SubscriberChange;
import io.creditrefresh.ledger.movement.WriteRequest;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.NoAllowanceException;
import io.creditrefresh.ledger.refresh.Refresh;
import io.creditrefresh.ledger.rollout.View;
import io.creditrefresh.ledger.store.AuditStore;
import io.creditrefresh.ledger.store.CatalogueStore;
import io.creditrefresh.ledger.store.FailureStore;
import io.creditrefresh.ledger.store.IdempotencyStore;
import io.creditrefresh.ledger.store.MovementStore;
import io.creditrefresh.ledger.store.RolloutStore;
import io.creditrefresh.ledger.store.SubscriberStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Carries out commands about one subscriber: applies what is due, each in a transaction of its own, then locks the
 * accounts, decides with the rules, and writes subscriber, accounts, entries, audit and kept answer in one transaction.
 */
final class SubscriberChanges {

    /** So often a refresh may come due between looking and locking. */
    private static final int ROUNDS = 5;

    private final Transactions transactions;
    private final DueRefreshes dueRefreshes;
    private final InstantSource clock;

    SubscriberChanges(Transactions transactions, DueRefreshes dueRefreshes, InstantSource clock) {
        this.transactions = transactions;
        this.dueRefreshes = dueRefreshes;
        this.clock = clock;
    }

    /** When a due refresh is applied. */
    enum Due {
        /** Before the decision: under the plan and state before it. */
        FIRST,
        /** After it, in its transaction: under what it has made of plan and state. */
        AFTERWARDS,
        /** Before the decision and, for those whom it puts back on the schedule, after it. */
        FIRST_AND_AFTERWARDS,
        /** Nobody refreshes by himself at present. */
        LEFT;

        boolean isFirst() {
            return this == FIRST || this == FIRST_AND_AFTERWARDS;
        }

        boolean isAfterwards() {
            return this == AFTERWARDS || this == FIRST_AND_AFTERWARDS;
        }
    }

    /**
     * What a decision is made on.
     *
     * @param connection for reading more; of the transaction that writes
     * @param refreshed accounts that this command has refreshed first
     */
    record Scene(Connection connection, Subscriber subscriber, Catalogue catalogue, Set<Long> refreshed, Instant now) {}

    /** Decides with the rules; throws a {@link Refusal.RefusedException} to refuse. */
    interface Decision {
        SubscriberChange on(Scene scene) throws SQLException;
    }

    /** Whether a due refresh comes first may depend on the subscriber as they are once locked. */
    interface Timing {
        Due of(Connection connection, Subscriber subscriber) throws SQLException;
    }

    <T> Outcome<T> run(Command command, Due due, Decision decision, Answers<T> answers) throws SQLException {
        return run(command, (connection, subscriber) -> due, decision, answers);
    }

    <T> Outcome<T> run(Command command, Timing due, Decision decision, Answers<T> answers) throws SQLException {
        Work<T> work = new Work<>(command, due, decision, answers);
        try {
            command.checkUser();
            for (int round = 0; round < ROUNDS; round++) {
                Optional<Outcome<T>> outcome = transactions.run(work::attempt);
                if (outcome.isPresent()) {
                    return outcome.get();
                }
                work.refreshFirst();
            }
            throw new SQLException("accounts of a subscriber keep coming due", "40001");
        } catch (Refusal.RefusedException e) {
            return new Outcome.Refused<>(e.refusal());
        }
    }

    /** One command on its way. */
    private final class Work<T> {

        private final Command command;
        private final Timing timing;
        private final Decision decision;
        private final Answers<T> answers;
        private final List<Entry> refreshed = new ArrayList<>();
        private final List<Entry> opened = new ArrayList<>();
        private final Set<Long> overdue = new HashSet<>();
        private @Nullable Subscriber before;

        Work(Command command, Timing timing, Decision decision, Answers<T> answers) {
            this.command = command;
            this.timing = timing;
            this.decision = decision;
            this.answers = answers;
        }

        /** Empty if an account is to be refreshed first; nothing is written then. */
        Optional<Outcome<T>> attempt(Connection connection) throws SQLException {
            opened.clear();
            Subscriber subscriber = subscriber(connection);
            Optional<T> earlier = earlier(connection, subscriber.id());
            if (earlier.isPresent()) {
                return Optional.of(new Outcome.Done<>(earlier.get(), true));
            }
            Instant now = clock.instant();
            Catalogue catalogue = CatalogueStore.read(connection);
            if (before == null) {
                before = subscriber;
            }
            Due due = timing.of(connection, subscriber);
            if (due.isFirst() && subscriber.accounts().stream().anyMatch(account -> isToRefresh(account, now))) {
                if (!command.dryRun()) {
                    return Optional.empty();
                }
                subscriber = foreseen(connection, subscriber, catalogue, now);
            }
            return Optional.of(
                    decide(connection, due, complete(connection, subscriber, catalogue, now), catalogue, now));
        }

        /** With the accounts that the command needs, opened if they are not there; notes their entries. */
        private Subscriber complete(Connection connection, Subscriber subscriber, Catalogue catalogue, Instant now)
                throws SQLException {
            boolean isComplete = command.kinds().stream()
                    .allMatch(kind -> subscriber.account(kind).isPresent());
            if (isComplete || RolloutStore.read(connection).openedAt() == null) {
                return subscriber;
            }
            Subscriber complete = command.dryRun()
                    ? ActivePeriods.foreseen(connection, subscriber, catalogue, now)
                    : ActivePeriods.getOrCreate(
                            connection, subscriber, command.cause().actor(), now);
            complete.accounts().stream()
                    .filter(account -> subscriber.account(account.kind()).isEmpty())
                    .map(Entry::ofOpening)
                    .forEach(opened::add);
            return complete;
        }

        void refreshFirst() throws SQLException {
            Instant now = clock.instant();
            Subscriber subscriber = transactions.run(this::subscriber);
            Catalogue catalogue = transactions.run(CatalogueStore::read);
            DueRefreshes.Applied applied = dueRefreshes.apply(subscriber, catalogue, now);
            refreshed.addAll(applied.entries());
            overdue.addAll(applied.overdue());
        }

        private Subscriber subscriber(Connection connection) throws SQLException {
            Optional<Subscriber> found = command.dryRun()
                    ? SubscriberStore.find(connection, command.userId())
                    : SubscriberStore.lock(connection, command.userId());
            return found.orElseThrow(Refusal.USER_NOT_FOUND::exception);
        }

        private Optional<T> earlier(Connection connection, long subscriberId) throws SQLException {
            if (command.request().isEmpty()) {
                return Optional.empty();
            }
            WriteRequest request = command.request().get();
            var found = IdempotencyStore.find(connection, subscriberId, request);
            if (found.isPresent() && (!found.get().isSame() || found.get().answer() == null)) {
                throw Refusal.KEY_REUSED.exception();
            }
            return found.map(IdempotencyStore.Earlier::answer).map(answers::read);
        }

        private boolean isToRefresh(Account account, Instant now) {
            return account.isDue(now) && !overdue.contains(account.id());
        }

        /** As the due refreshes will leave the subscriber; notes their entries. */
        private Subscriber foreseen(Connection connection, Subscriber subscriber, Catalogue catalogue, Instant now)
                throws SQLException {
            Map<Long, Account> due = RolloutStore.foreseenDue(connection, subscriber, catalogue, now);
            return subscriber.withAccounts(account -> {
                Account placed = due.get(account.id());
                if (placed == null) {
                    return account;
                }
                Optional<Refresh> refresh = DueRefreshes.decide(placed, catalogue, now);
                refresh.map(Entry::of).ifPresentOrElse(refreshed::add, () -> overdue.add(account.id()));
                return refresh.map(Refresh::after).orElse(account).inView(account.isInView());
            });
        }

        private Outcome<T> decide(
                Connection connection, Due due, Subscriber subscriber, Catalogue catalogue, Instant now)
                throws SQLException {
            SubscriberChange change;
            try {
                change = decision.on(new Scene(connection, subscriber, catalogue, ids(refreshed), now));
            } catch (NoAllowanceException e) {
                throw Refusal.UNKNOWN_PLAN.exception();
            }
            List<Entry> entries = new ArrayList<>(refreshed);
            entries.addAll(opened);
            change.movements().stream().map(Entry::of).forEach(entries::add);
            if (!command.dryRun()) {
                write(connection, change, now);
            }
            Subscriber after = due.isAfterwards()
                    ? refreshAfterwards(connection, change.after(), catalogue, now, entries)
                    : change.after();
            // As the status shows somebody in Credits v2 whose accounts are opened with the first spend.
            Subscriber shown = after.placement().view() == View.V2
                    ? ActivePeriods.foreseen(connection, after, catalogue, now)
                    : after;
            T answer = answers.of(new Result(before == null ? subscriber : before, shown, entries, overdue, now));
            if (!command.dryRun() && command.request().isPresent()) {
                long scope = command.endsTheUser() ? IdempotencyStore.NO_SUBSCRIBER : subscriber.id();
                IdempotencyStore.keep(connection, scope, command.request().get(), answers.write(answer), now);
            }
            return new Outcome.Done<>(answer, false);
        }

        private void write(Connection connection, SubscriberChange change, Instant now) throws SQLException {
            for (List<Movement> movements : change.rounds()) {
                if (MovementStore.apply(connection, movements, command.cause(), now) != movements.size()) {
                    throw new IllegalStateException("a locked account was moved by somebody else: " + movements);
                }
                FailureStore.clear(connection, leftPeriods(movements));
            }
            if (!change.after().hasTermsOf(change.before())) {
                SubscriberStore.update(connection, change.after());
            }
            if (command.deed().isPresent()) {
                AuditStore.insert(
                        connection,
                        change.before().id(),
                        command.deed().get(),
                        audited(change.before()),
                        audited(change.after()),
                        now);
            }
        }

        private Subscriber refreshAfterwards(
                Connection connection, Subscriber subscriber, Catalogue catalogue, Instant now, List<Entry> entries)
                throws SQLException {
            Map<Long, Account> refreshedAccounts = new HashMap<>();
            for (Account account : subscriber.accounts()) {
                if (isToRefresh(account, now)) {
                    Optional<Refresh> refresh =
                            dueRefreshes.applyWithin(connection, account, catalogue, now, command.dryRun());
                    if (refresh.isEmpty()) {
                        overdue.add(account.id());
                    } else {
                        entries.add(Entry.of(refresh.get()));
                        refreshedAccounts.put(account.id(), refresh.get().after());
                    }
                }
            }
            return subscriber.withAccounts(account -> refreshedAccounts.getOrDefault(account.id(), account));
        }
    }

    /** What failed in a period that an account has left counts for nothing any more. */
    private static List<RefreshJob> leftPeriods(List<Movement> movements) {
        return movements.stream()
                .filter(movement -> !movement.before()
                        .period()
                        .end()
                        .equals(movement.after().period().end()))
                .map(movement -> new RefreshJob(
                        movement.before().id(), movement.before().period().end(), 0))
                .toList();
    }

    private static Set<Long> ids(List<Entry> entries) {
        return entries.stream().map(Entry::accountId).collect(Collectors.toSet());
    }

    /** A subscriber as the audit shows it, before and after. */
    private static Map<String, @Nullable Object> audited(Subscriber subscriber) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("plan", subscriber.plan());
        shown.put("billingState", subscriber.billingState().code());
        shown.put("hold", subscriber.onHold());
        shown.put("refreshDay", subscriber.refreshDay());
        shown.put("creditsV2", subscriber.placement().override());
        for (Account account : subscriber.accounts()) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            values.put("allowance", account.balance().allowance());
            values.put("bonus", account.balance().bonus());
            values.put("customAllowance", account.entitlement().customAllowance());
            values.put("periodEnd", account.period().end().toString());
            shown.put(account.kind().code(), values);
        }
        return shown;
    }
}
