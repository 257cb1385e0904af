/** Stripe's events and its API. */
@NullMarked
package io.creditrefresh.billing.stripe;

import org.jspecify.annotations.NullMarked;
