package io.creditrefresh.ledger.command;

/** Keeps an answer as text for those who ask again. */
public interface Keeping<T> {

    String write(T answer);

    T read(String kept);
}
