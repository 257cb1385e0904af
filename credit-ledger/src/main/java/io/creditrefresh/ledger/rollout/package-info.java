/** The move from the single pool of Credits v1 to the two kinds of Credits v2, and back. */
@NullMarked
package io.creditrefresh.ledger.rollout;

import org.jspecify.annotations.NullMarked;
