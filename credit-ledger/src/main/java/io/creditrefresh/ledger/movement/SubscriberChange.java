package io.creditrefresh.ledger.movement;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Subscriber;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a command makes of a subscriber, decided but not yet written.
 *
 * @param after the subscriber with the accounts that the movements leave
 * @param movements at most one of each account
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
        Map<Long, Account> moved =
                movements.stream().map(Movement::after).collect(Collectors.toMap(Account::id, Function.identity()));
        return new SubscriberChange(
                before, after.withAccounts(account -> moved.getOrDefault(account.id(), account)), movements);
    }

    /** Nothing to write. */
    public static SubscriberChange none(Subscriber subscriber) {
        return new SubscriberChange(subscriber, subscriber, List.of());
    }
}
