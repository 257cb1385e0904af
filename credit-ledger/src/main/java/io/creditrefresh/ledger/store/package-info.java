/** The ledger in explicit SQL. The caller owns the connection and its transaction. */
@NullMarked
package io.creditrefresh.ledger.store;

import org.jspecify.annotations.NullMarked;
