/** The same refreshes by a job scheduler that keeps its jobs in Postgres, in a process of its own. */
@NullMarked
package io.creditrefresh.local.bench.peer;

import org.jspecify.annotations.NullMarked;
