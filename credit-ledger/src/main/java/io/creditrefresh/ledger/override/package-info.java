/** What an operator, or the safe sync, gives or takes by hand. */
@NullMarked
package io.creditrefresh.ledger.override;

import org.jspecify.annotations.NullMarked;
