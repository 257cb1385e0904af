package io.creditrefresh.ledger.movement;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Subscriber;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a command makes of a subscriber, decided but not yet written.
 *
 * @param after the subscriber with the accounts that the movements leave
 * @param movements those of one account in their order, each on what the one before leaves
 */
public record SubscriberChange(Subscriber before, Subscriber after, List<Movement> movements) {

    public SubscriberChange {
        movements = List.copyOf(movements);
    }

    /** The subscriber stays, and some accounts move. */
    public static SubscriberChange of(Subscriber subscriber, List<Movement> movements) {
        return of(subscriber, subscriber, movements);
    }

    /** The subscriber becomes {@code after}, but for the accounts, which move. */
    public static SubscriberChange of(Subscriber before, Subscriber after, List<Movement> movements) {
        Map<Long, Account> left = movements.stream()
                .map(Movement::after)
                .collect(Collectors.toMap(Account::id, moved -> moved, (first, next) -> next));
        return new SubscriberChange(
                before, after.withAccounts(account -> left.getOrDefault(account.id(), account)), movements);
    }

    /** This one, and then another that was decided on what it leaves. */
    public SubscriberChange then(SubscriberChange next) {
        List<Movement> all = new ArrayList<>(movements);
        all.addAll(next.movements);
        return new SubscriberChange(before, next.after, all);
    }

    /** The movements in the order in which they can be written at once: of each account the first, then the second. */
    public List<List<Movement>> rounds() {
        Map<Long, Integer> done = new HashMap<>();
        List<List<Movement>> rounds = new ArrayList<>();
        for (Movement movement : movements) {
            int round = done.merge(movement.before().id(), 1, Integer::sum);
            if (round > rounds.size()) {
                rounds.add(new ArrayList<>());
            }
            rounds.get(round - 1).add(movement);
        }
        return rounds;
    }

    /** Nothing to write. */
    public static SubscriberChange none(Subscriber subscriber) {
        return new SubscriberChange(subscriber, subscriber, List.of());
    }
}
