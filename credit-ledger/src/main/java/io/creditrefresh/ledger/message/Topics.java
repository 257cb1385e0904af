package io.creditrefresh.ledger.message;

/** Where the messages travel. */
public final class Topics {

    /** One message per due account; key: account id as 8 bytes, big-endian. */
    public static final String REFRESH_JOBS = "credit.refresh.jobs";

    /** Messages that nobody could read, with their bytes and where they came from. */
    public static final String DEAD_LETTER = "credit.refresh.dead-letter";

    /** What happened to credits, for products that react; key: account id in decimal digits. */
    public static final String CREDIT_EVENTS = "credit.events";

    public static final String WORKER_GROUP = "credit-refresh-worker";

    private Topics() {}
}
