/** The thin REST service over the ledger. */
@NullMarked
package io.creditrefresh.api;

import org.jspecify.annotations.NullMarked;
