package io.creditrefresh.ledger.command;

/** Makes the answer to a command, and keeps it. */
public interface Answers<T> extends Keeping<T> {

    T of(Result result);
}
