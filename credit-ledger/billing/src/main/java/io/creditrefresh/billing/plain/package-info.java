/** The documented plain shape, for products that bill elsewhere. */
@NullMarked
package io.creditrefresh.billing.plain;

import org.jspecify.annotations.NullMarked;
