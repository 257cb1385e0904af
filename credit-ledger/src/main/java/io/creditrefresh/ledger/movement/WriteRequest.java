package io.creditrefresh.ledger.movement;

import java.util.regex.Pattern;

/**
 * What tells a repeated write from a new one.
 *
 * @param key the client's own, 1 to 255 characters
 * @param hash SHA-256 of method, path and body, in hexadecimal: the same key with another hash is a mistake
 */
public record WriteRequest(String key, String hash) {

    private static final int KEY_LENGTH_MAX = 255;
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    public WriteRequest {
        if (key.isEmpty() || key.length() > KEY_LENGTH_MAX) {
            throw new IllegalArgumentException("an idempotency key has 1 to 255 characters");
        }
        if (!SHA_256.matcher(hash).matches()) {
            throw new IllegalArgumentException("a request hash is a SHA-256 in hexadecimal: " + hash);
        }
    }
}
