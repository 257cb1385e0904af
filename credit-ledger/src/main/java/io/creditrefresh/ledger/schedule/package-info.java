/** When: slots, periods and the cycles that join them. */
@NullMarked
package io.creditrefresh.ledger.schedule;

import org.jspecify.annotations.NullMarked;
