package io.creditrefresh.example.gate;

/**
 * A spend of a user, by its idempotency key.
 *
 * @param key no user can foresee it
 */
record Spend(String userId, String key) {

    /** The key of its refund: always the same, so that it can be repeated until it is heard, and looked for afterwards. */
    String refundKey() {
        return key + ":refund";
    }
}
