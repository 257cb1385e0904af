/** What changes of plan, billing state, hold and refresh day do to a subscriber's accounts. */
@NullMarked
package io.creditrefresh.ledger.subscription;

import org.jspecify.annotations.NullMarked;
