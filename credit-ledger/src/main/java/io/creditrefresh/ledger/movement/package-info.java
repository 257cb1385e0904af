/** A change of one account and its ledger entry, decided and not yet written. */
@NullMarked
package io.creditrefresh.ledger.movement;

import org.jspecify.annotations.NullMarked;
