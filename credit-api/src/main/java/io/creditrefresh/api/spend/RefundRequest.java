package io.creditrefresh.api.spend;

import org.jspecify.annotations.Nullable;

/**
 * Which spend is to be given back.
 *
 * @param userId whose spend
 * @param idempotencyKey of the spend, not of this request
 */
public record RefundRequest(
        @Nullable String userId, @Nullable String idempotencyKey) {}
