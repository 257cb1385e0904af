/** The one clock of a service; outside production it can be set, or run faster. */
@NullMarked
package io.creditrefresh.ledger.clock;

import org.jspecify.annotations.NullMarked;
