/** The refresh: the one rule that takes an account from one period to the next. */
@NullMarked
package io.creditrefresh.ledger.refresh;

import org.jspecify.annotations.NullMarked;
