package io.creditrefresh.ledger.provider;

/**
 * One subscription at one provider.
 *
 * @param provider as {@code stripe}
 * @param id the provider's own
 */
public record SubscriptionKey(String provider, String id) {}
