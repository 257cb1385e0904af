/** Re-adds the whole ledger and names every violated invariant. */
@NullMarked
package io.creditrefresh.ledger.audit;

import org.jspecify.annotations.NullMarked;
