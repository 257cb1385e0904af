/** What billing events do to a subscriber's plan, state, clock and credits: the same for every order of the same events. */
@NullMarked
package io.creditrefresh.ledger.billing;

import org.jspecify.annotations.NullMarked;
