/** Spending, and giving a spend back. */
@NullMarked
package io.creditrefresh.ledger.spend;

import org.jspecify.annotations.NullMarked;
