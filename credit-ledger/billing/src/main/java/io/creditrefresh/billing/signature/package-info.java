/** Who has signed a delivery. */
@NullMarked
package io.creditrefresh.billing.signature;

import org.jspecify.annotations.NullMarked;
