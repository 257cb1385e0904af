/** The schema, brought up to date by its owner. */
@NullMarked
package io.creditrefresh.ledger.migration;

import org.jspecify.annotations.NullMarked;
