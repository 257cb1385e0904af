/** One batch of jobs, applied in one transaction; a bad account is found by splitting and does not hold up the rest. */
@NullMarked
package io.creditrefresh.worker.batch;

import org.jspecify.annotations.NullMarked;
