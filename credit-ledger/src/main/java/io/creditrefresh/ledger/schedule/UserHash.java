package io.creditrefresh.ledger.schedule;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Two independent 64-bit hashes of a user id: the first and the second 8 bytes, big-endian, of the SHA-256 of its
 * UTF-8 form. To be read as unsigned numbers.
 */
public record UserHash(long first, long second) {

    public static UserHash of(String userId) {
        ByteBuffer digest = ByteBuffer.wrap(sha256().digest(userId.getBytes(StandardCharsets.UTF_8)));
        return new UserHash(digest.getLong(), digest.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
