/** The refresh worker: consumes refresh jobs in batches and writes the refreshes into the ledger. */
@NullMarked
package io.creditrefresh.worker;

import org.jspecify.annotations.NullMarked;
