/** The operator's command line. */
@NullMarked
package io.creditrefresh.planner.command;

import org.jspecify.annotations.NullMarked;
