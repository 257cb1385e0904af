/** Refresh jobs on their way into Kafka, and how many of them wait there. */
@NullMarked
package io.creditrefresh.planner.jobs;

import org.jspecify.annotations.NullMarked;
