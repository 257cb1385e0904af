/** What schedulers outside of the service trigger. */
@NullMarked
package io.creditrefresh.planner.task;

import org.jspecify.annotations.NullMarked;
