package io.creditrefresh.api.spend;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Which spend is to be given back.
 *
 * @param userId whose spend
 * @param idempotencyKey of the spend, not of this request
 */
public record RefundRequest(
        @Schema(required = true) @Nullable String userId,
        @Schema(required = true) @Nullable String idempotencyKey) {}
