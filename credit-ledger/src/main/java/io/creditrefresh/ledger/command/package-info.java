/** The use cases that move credits: each owns its transactions. */
@NullMarked
package io.creditrefresh.ledger.command;

import org.jspecify.annotations.NullMarked;
