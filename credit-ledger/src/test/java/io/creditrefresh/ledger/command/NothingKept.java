package io.creditrefresh.ledger.command;

/** For writes without a key. */
final class NothingKept<T> implements Keeping<T> {

    @Override
    public String write(T answer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public T read(String kept) {
        throw new UnsupportedOperationException();
    }
}
