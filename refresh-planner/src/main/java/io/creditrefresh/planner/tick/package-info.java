/** The planner's tick: opens the run, emits what is due, retries and sweeps. */
@NullMarked
package io.creditrefresh.planner.tick;

import org.jspecify.annotations.NullMarked;
