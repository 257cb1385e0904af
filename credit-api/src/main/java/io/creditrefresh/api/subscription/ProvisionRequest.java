package io.creditrefresh.api.subscription;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A user of the product, and their plan.
 *
 * @param plan code of a plan of the catalogue
 * @param email for people who search; left out, the one that is known stays
 * @param billingCustomerId whom the billing provider knows the user as; left out, what is known stays
 * @param billingProvider whose customer that is; {@code stripe} if left out
 */
public record ProvisionRequest(
        @Schema(required = true) @Nullable String userId,
        @Schema(required = true) @Nullable String plan,
        @Nullable String email,
        @Nullable String billingCustomerId,
        @Nullable String billingProvider) {}
