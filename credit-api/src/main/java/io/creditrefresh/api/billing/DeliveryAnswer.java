package io.creditrefresh.api.billing;

/**
 * An event is stored.
 *
 * @param received always true
 * @param repeated it was stored before
 */
public record DeliveryAnswer(boolean received, boolean repeated) {}
