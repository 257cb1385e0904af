/** A credit account: what it holds and what it is entitled to. */
@NullMarked
package io.creditrefresh.ledger.account;

import org.jspecify.annotations.NullMarked;
