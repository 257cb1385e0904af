package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.command.SubscriberChanges.Due;
import io.creditrefresh.ledger.movement.SubscriberChange;
import io.creditrefresh.ledger.movement.WriteRequest;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.plan.NoAllowanceException;
import io.creditrefresh.ledger.rollout.View;
import io.creditrefresh.ledger.store.CatalogueStore;
import io.creditrefresh.ledger.store.CustomerStore;
import io.creditrefresh.ledger.store.IdempotencyStore;
import io.creditrefresh.ledger.store.OpeningStore;
import io.creditrefresh.ledger.store.ProviderStore;
import io.creditrefresh.ledger.store.SubscriberStore;
import io.creditrefresh.ledger.subscription.Opening;
import io.creditrefresh.ledger.subscription.PlanChange;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Provisioning: a new user begins with the plan's allowance at once. For one who is known it is a change of plan, or, on
 * the same plan, nothing.
 */
public final class Provisioning {

    private final LedgerAccess ledger;
    private final SubscriberChanges changes;
    private final Transactions transactions;

    public Provisioning(LedgerAccess ledger) {
        this.ledger = ledger;
        this.changes = ledger.changes();
        this.transactions = ledger.transactions();
    }

    /**
     * What is wished for a user.
     *
     * @param email kept for people who search; null leaves the one that is known
     * @param customer whom the billing provider knows the user as; empty leaves what is known
     */
    public record Wish(String plan, @Nullable String email, Optional<NewCustomer> customer) {}

    /** A customer of a billing provider. */
    public record NewCustomer(String provider, String customerId) {}

    /**
     * Provisions a user.
     *
     * While a subscription of the provider is live, its plan stays.
     */
    public <T> Outcome<T> provision(Command command, Wish wish, Answers<T> answers) throws SQLException {
        try {
            command.checkUser();
            Optional<Outcome<T>> opened = openOnce(command, wish, answers);
            return opened.isPresent() ? opened.get() : change(command, wish, answers);
        } catch (Refusal.RefusedException e) {
            return new Outcome.Refused<>(e.refusal());
        }
    }

    private <T> Optional<Outcome<T>> openOnce(Command command, Wish wish, Answers<T> answers) throws SQLException {
        try {
            return transactions.run(connection -> open(connection, command, wish, answers));
        } catch (SQLException e) {
            if (!Transactions.isTaken(e)) {
                throw e;
            }
            // Another user was being provisioned under this key; what is kept of that tells.
            return transactions.run(connection -> open(connection, command, wish, answers));
        }
    }

    /** Empty if there is such a user already. */
    private <T> Optional<Outcome<T>> open(Connection connection, Command command, Wish wish, Answers<T> answers)
            throws SQLException {
        // In this order: whoever has opened the user has then kept the answer, too.
        boolean isKnown = SubscriberStore.find(connection, command.userId()).isPresent();
        Optional<T> earlier = earlier(connection, command.request(), answers);
        if (isKnown || earlier.isPresent()) {
            return earlier.map(answer -> new Outcome.Done<>(answer, true));
        }
        Instant now = ledger.clock().instant();
        Opening opening = opening(connection, command.userId(), wish.plan(), now);
        if (OpeningStore.insertOnce(
                        connection, opening, wish.email(), command.cause().actor(), now)
                .isEmpty()) {
            return earlier(connection, command.request(), answers).map(answer -> new Outcome.Done<>(answer, true));
        }
        Subscriber subscriber =
                SubscriberStore.find(connection, command.userId()).orElseThrow();
        link(connection, subscriber, wish, now);
        if (subscriber.placement().view() == View.V2) {
            subscriber = ActivePeriods.getOrCreate(
                    connection, subscriber, command.cause().actor(), now);
        }
        T answer = answers.of(new Result(subscriber, subscriber, List.of(), Set.of(), now));
        if (command.request().isPresent()) {
            IdempotencyStore.keep(
                    connection,
                    IdempotencyStore.NO_SUBSCRIBER,
                    command.request().get(),
                    answers.write(answer),
                    now);
        }
        return Optional.of(new Outcome.Done<>(answer, false));
    }

    private static Opening opening(Connection connection, String userId, String plan, Instant now) throws SQLException {
        try {
            return Opening.of(userId, CreditKind.CREDITS, plan, CatalogueStore.read(connection), now);
        } catch (NoAllowanceException e) {
            throw Refusal.UNKNOWN_PLAN.exception();
        }
    }

    private static <T> Optional<T> earlier(Connection connection, Optional<WriteRequest> request, Answers<T> answers)
            throws SQLException {
        if (request.isEmpty()) {
            return Optional.empty();
        }
        var found = IdempotencyStore.find(connection, IdempotencyStore.NO_SUBSCRIBER, request.get());
        if (found.isPresent() && !found.get().isSame()) {
            throw Refusal.KEY_REUSED.exception();
        }
        return found.map(IdempotencyStore.Earlier::answer).map(answers::read);
    }

    private <T> Outcome<T> change(Command command, Wish wish, Answers<T> answers) throws SQLException {
        return changes.run(
                command,
                (connection, subscriber) ->
                        subscriber.plan().equals(wish.plan()) ? ledger.dueUnlessPaused() : Due.FIRST,
                scene -> change(scene, wish),
                answers);
    }

    private static SubscriberChange change(SubscriberChanges.Scene scene, Wish wish) throws SQLException {
        Subscriber subscriber = scene.subscriber();
        if (wish.email() != null) {
            SubscriberStore.updateEmail(scene.connection(), subscriber.id(), wish.email());
        }
        link(scene.connection(), subscriber, wish, scene.now());
        return ProviderStore.isLive(scene.connection(), subscriber.id())
                ? SubscriberChange.none(subscriber)
                : PlanChange.apply(subscriber, wish.plan(), scene.catalogue(), scene.now(), scene.now());
    }

    private static void link(Connection connection, Subscriber subscriber, Wish wish, Instant now) throws SQLException {
        if (wish.customer().isEmpty()) {
            return;
        }
        NewCustomer customer = wish.customer().get();
        boolean isNew =
                CustomerStore.link(connection, customer.provider(), customer.customerId(), subscriber.id(), now);
        if (!isNew
                && !CustomerStore.userOf(connection, customer.provider(), customer.customerId())
                        .equals(Optional.of(subscriber.userId()))) {
            throw Refusal.CUSTOMER_TAKEN.exception();
        }
    }
}
