/** Work on many accounts that somebody asks for at once: refreshing them by hand, or taking refreshes back. */
@NullMarked
package io.creditrefresh.ledger.bulk;

import org.jspecify.annotations.NullMarked;
