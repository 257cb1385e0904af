/** What operators stop and let go on by hand, for all services at once. */
@NullMarked
package io.creditrefresh.ledger.control;

import org.jspecify.annotations.NullMarked;
