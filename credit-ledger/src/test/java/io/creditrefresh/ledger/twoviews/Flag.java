package io.creditrefresh.ledger.twoviews;

import io.creditrefresh.ledger.twoviews.Side.Move;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The rollout of Credits v2 as the model understands it. */
final class Flag {

    private static final long NEVER = Long.MAX_VALUE;

    private @Nullable Boolean variable;
    private @Nullable Boolean global;
    private int percentage;
    private long newSince = NEVER;
    private boolean begun;
    private boolean closed;

    /** Whether a spend is booked in both views. */
    boolean isOpen() {
        return begun && !closed;
    }

    boolean hasBegun() {
        return begun;
    }

    void begin() {
        begun = true;
    }

    /** Whether this user spends units of their kinds, and not from the single pool. */
    boolean isIn(String userId, @Nullable Boolean override, long createdAt) {
        if (variable != null && !variable) {
            return false;
        }
        if (!begun || closed) {
            return closed;
        }
        if (override != null) {
            return override;
        }
        return isOnForAll() || createdAt >= newSince || bucket(userId) < percentage;
    }

    void start(@Nullable Boolean with) {
        variable = with;
        begin(isOnForAll() || percentage > 0 || newSince != NEVER);
    }

    String move(Move move, long now) {
        if (closed) {
            return "ROLLOUT_IS_CLOSED";
        }
        @Nullable Boolean globalBefore = global;
        if (move.global().isPresent()) {
            global = move.global().get().orElse(null);
        }
        if (move.isTheEnd() && (!isOnForAll() || Boolean.FALSE.equals(variable))) {
            global = globalBefore;
            return "ROLLOUT_IS_NOT_GLOBAL";
        }
        closed = move.isTheEnd();
        if (move.percentage().isPresent()) {
            percentage = move.percentage().get();
        }
        if (move.newUsers().isPresent()) {
            newSince = !move.newUsers().get() ? NEVER : Math.min(now, newSince);
        }
        begin(isOnForAll() || percentage > 0 || newSince != NEVER);
        return Side.DONE;
    }

    private void begin(boolean isForSomebody) {
        begun = begun || isForSomebody;
    }

    private boolean isOnForAll() {
        return global == null ? variable != null && variable : global;
    }

    /** 0 to 99, the same for ever. */
    static int bucket(String userId) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(("credits-v2:" + userId).getBytes(StandardCharsets.UTF_8));
            return new BigInteger(1, Arrays.copyOf(hash, 8))
                    .mod(BigInteger.valueOf(100))
                    .intValue();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
