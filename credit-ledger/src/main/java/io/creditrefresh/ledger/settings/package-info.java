/** Settings that more than one service reads, checked before anything starts. */
@NullMarked
package io.creditrefresh.ledger.settings;

import org.jspecify.annotations.NullMarked;
