/** The import: what becomes of the users of the old table. */
@NullMarked
package io.creditrefresh.ledger.imports;

import org.jspecify.annotations.NullMarked;
