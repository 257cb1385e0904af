package io.creditrefresh.ledger.rollout;

import io.creditrefresh.ledger.schedule.UserHash;

/**
 * A user's place among 100, the same for ever: whoever is in at 10 per cent is in at 30. The hash is of feature and user,
 * so that it has nothing to do with the user's slot, nor with who comes first in another feature's rollout.
 */
public final class Bucket {

    private static final int BUCKETS = 100;

    private Bucket() {}

    /** 0 to 99. */
    public static int of(String userId) {
        return (int) Long.remainderUnsigned(UserHash.of("credits-v2:" + userId).first(), BUCKETS);
    }
}
