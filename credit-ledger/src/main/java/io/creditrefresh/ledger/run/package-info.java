/** How a run stands: numbers that were read in one snapshot. */
@NullMarked
package io.creditrefresh.ledger.run;

import org.jspecify.annotations.NullMarked;
