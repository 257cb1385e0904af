package io.creditrefresh.api.subscription;

import org.jspecify.annotations.Nullable;

/**
 * A user of the product, and their plan.
 *
 * @param plan code of a plan of the catalogue
 * @param email for people who search; left out, the one that is known stays
 */
public record ProvisionRequest(
        @Nullable String userId,
        @Nullable String plan,
        @Nullable String email) {}
