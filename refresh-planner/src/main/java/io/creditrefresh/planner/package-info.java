/** The planner: a service that emits one refresh job per due account, and the operator's commands. */
@NullMarked
package io.creditrefresh.planner;

import org.jspecify.annotations.NullMarked;
