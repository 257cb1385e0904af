/** What the planner shows of itself: metrics, health and its one line of trouble. */
@NullMarked
package io.creditrefresh.planner.watch;

import org.jspecify.annotations.NullMarked;
