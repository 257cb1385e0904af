package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.account.AnonymousId;
import io.creditrefresh.ledger.command.SubscriberChanges.Due;
import io.creditrefresh.ledger.command.SubscriberChanges.Scene;
import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.movement.SubscriberChange;
import io.creditrefresh.ledger.movement.WriteRequest;
import io.creditrefresh.ledger.store.AnonymityStore;
import io.creditrefresh.ledger.store.EventOwnerStore;
import io.creditrefresh.ledger.store.FailureStore;
import io.creditrefresh.ledger.store.IdempotencyStore;
import io.creditrefresh.ledger.subscription.Anonymity;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Takes away who a subscriber is. Their accounts and entries stay, under an id that says nothing, and never change again;
 * whoever is provisioned under the old id is somebody new.
 */
public final class Anonymisations {

    private final SubscriberChanges changes;
    private final Transactions transactions;

    public Anonymisations(LedgerAccess ledger) {
        this.changes = ledger.changes();
        this.transactions = ledger.transactions();
    }

    /** Anonymises; asked again under the same key, when there is no such user any more, it gives the first answer. */
    public <T> Outcome<T> anonymise(Command command, Answers<T> answers) throws SQLException {
        Optional<Outcome<T>> earlier = earlier(command.request(), answers);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        try {
            Outcome<T> outcome =
                    changes.run(command.endingTheUser(), Due.FIRST, scene -> decide(scene, command.dryRun()), answers);
            // Whoever waited for the same to be done finds no user; they are told what was answered to the other one.
            return outcome instanceof Outcome.Refused<T>
                    ? earlier(command.request(), answers).orElse(outcome)
                    : outcome;
        } catch (SQLException e) {
            if (!Transactions.isTaken(e)) {
                throw e;
            }
            // Another user was being anonymised, or provisioned, under this key.
            return earlier(command.request(), answers).orElseThrow(() -> e);
        }
    }

    private <T> Optional<Outcome<T>> earlier(Optional<WriteRequest> request, Answers<T> answers) throws SQLException {
        if (request.isEmpty()) {
            return Optional.empty();
        }
        return transactions
                .run(connection -> IdempotencyStore.find(connection, IdempotencyStore.NO_SUBSCRIBER, request.get()))
                .map(found -> {
                    String answer = found.answer();
                    return !found.isSame() || answer == null
                            ? new Outcome.Refused<>(Refusal.KEY_REUSED)
                            : new Outcome.Done<>(answers.read(answer), true);
                });
    }

    private static SubscriberChange decide(Scene scene, boolean dryRun) throws SQLException {
        String anonymousId = AnonymousId.random();
        if (!dryRun) {
            long id = scene.subscriber().id();
            String userId = scene.subscriber().userId();
            EventOwnerStore.findNaming(scene.connection(), id, userId);
            AnonymityStore.emptyEvents(scene.connection(), id, scene.now());
            AnonymityStore.forget(scene.connection(), id, userId);
            AnonymityStore.rename(scene.connection(), id, userId, anonymousId);
            FailureStore.clear(
                    scene.connection(),
                    scene.subscriber().accounts().stream()
                            .map(account -> new RefreshJob(
                                    account.id(), account.period().end(), 0))
                            .toList());
        }
        return Anonymity.apply(scene.subscriber(), anonymousId);
    }
}
