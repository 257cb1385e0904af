/** The ledger entry: one append-only change of one account, with its cause. */
@NullMarked
package io.creditrefresh.ledger.entry;

import org.jspecify.annotations.NullMarked;
