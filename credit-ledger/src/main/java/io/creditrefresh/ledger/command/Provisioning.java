package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.command.SubscriberChanges.Due;
import io.creditrefresh.ledger.movement.WriteRequest;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.plan.NoAllowanceException;
import io.creditrefresh.ledger.store.CatalogueStore;
import io.creditrefresh.ledger.store.IdempotencyStore;
import io.creditrefresh.ledger.store.OpeningStore;
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
     * Provisions a user.
     *
     * @param email kept for people who search; null leaves the one that is known
     */
    public <T> Outcome<T> provision(Command command, String plan, @Nullable String email, Answers<T> answers)
            throws SQLException {
        try {
            Optional<Outcome<T>> opened = openOnce(command, plan, email, answers);
            return opened.isPresent() ? opened.get() : change(command, plan, email, answers);
        } catch (Refusal.RefusedException e) {
            return new Outcome.Refused<>(e.refusal());
        }
    }

    private <T> Optional<Outcome<T>> openOnce(Command command, String plan, @Nullable String email, Answers<T> answers)
            throws SQLException {
        try {
            return transactions.run(connection -> open(connection, command, plan, email, answers));
        } catch (SQLException e) {
            if (!Transactions.isTaken(e)) {
                throw e;
            }
            // Another user was being provisioned under this key; what is kept of that tells.
            return transactions.run(connection -> open(connection, command, plan, email, answers));
        }
    }

    /** Empty if there is such a user already. */
    private <T> Optional<Outcome<T>> open(
            Connection connection, Command command, String plan, @Nullable String email, Answers<T> answers)
            throws SQLException {
        // In this order: whoever has opened the user has then kept the answer, too.
        boolean isKnown = SubscriberStore.find(connection, command.userId()).isPresent();
        Optional<T> earlier = earlier(connection, command.request(), answers);
        if (isKnown || earlier.isPresent()) {
            return earlier.map(answer -> new Outcome.Done<>(answer, true));
        }
        Instant now = ledger.clock().instant();
        Opening opening = opening(connection, command.userId(), plan, now);
        if (OpeningStore.insertOnce(connection, opening, email, command.cause().actor(), now)
                .isEmpty()) {
            return earlier(connection, command.request(), answers).map(answer -> new Outcome.Done<>(answer, true));
        }
        Subscriber subscriber =
                SubscriberStore.find(connection, command.userId()).orElseThrow();
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

    private <T> Outcome<T> change(Command command, String plan, @Nullable String email, Answers<T> answers)
            throws SQLException {
        return changes.run(
                command,
                subscriber -> subscriber.plan().equals(plan) ? Due.LEFT : Due.FIRST,
                scene -> {
                    if (email != null) {
                        SubscriberStore.updateEmail(
                                scene.connection(), scene.subscriber().id(), email);
                    }
                    return PlanChange.apply(scene.subscriber(), plan, scene.catalogue(), scene.now(), scene.now());
                },
                answers);
    }
}
