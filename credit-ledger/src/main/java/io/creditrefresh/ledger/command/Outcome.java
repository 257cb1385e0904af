package io.creditrefresh.ledger.command;

import java.util.function.Function;

/** What became of a command. */
public sealed interface Outcome<T> {

    /**
     * It had its effect.
     *
     * @param repeated whether that was earlier, under the same idempotency key
     */
    record Done<T>(T value, boolean repeated) implements Outcome<T> {}

    /** It had none. */
    record Refused<T>(Refusal refusal) implements Outcome<T> {}

    /** Whether it had its effect earlier, under the same idempotency key. */
    default boolean isRepeated() {
        return this instanceof Done<T> done && done.repeated();
    }

    /** The value, or what is made of the refusal, thrown. */
    default T orElseThrow(Function<Refusal, ? extends RuntimeException> exception) {
        if (this instanceof Refused<T> refused) {
            throw exception.apply(refused.refusal());
        }
        return ((Done<T>) this).value();
    }
}
