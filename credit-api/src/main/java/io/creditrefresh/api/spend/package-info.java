/** Spending credits, and giving them back. */
@NullMarked
package io.creditrefresh.api.spend;

import org.jspecify.annotations.NullMarked;
