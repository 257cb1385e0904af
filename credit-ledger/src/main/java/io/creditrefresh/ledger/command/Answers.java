package io.creditrefresh.ledger.command;

/** Makes the answer to a command, and keeps it as text for those who ask again. */
public interface Answers<T> {

    T of(Result result);

    String write(T answer);

    T read(String kept);
}
