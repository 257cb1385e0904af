package io.creditrefresh.ledger.movement;

import java.util.Arrays;

/**
 * What tells a repeated write from a new one.
 *
 * @param key the client's own, 1 to 255 characters
 * @param hash SHA-256 of method, path and body: the same key with another hash is a mistake
 */
public record WriteRequest(String key, byte[] hash) {

    private static final int HASH_BYTES = 32;
    private static final int KEY_LENGTH_MAX = 255;

    public WriteRequest {
        if (key.isEmpty() || key.length() > KEY_LENGTH_MAX) {
            throw new IllegalArgumentException("an idempotency key has 1 to 255 characters");
        }
        if (hash.length != HASH_BYTES) {
            throw new IllegalArgumentException("a request hash is a SHA-256");
        }
        hash = hash.clone();
    }

    @Override
    public byte[] hash() {
        return hash.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WriteRequest that && key.equals(that.key) && Arrays.equals(hash, that.hash);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return "request " + key;
    }
}
