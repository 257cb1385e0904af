/** Pausing refreshing and stopping spending, for all instances of all services. */
@NullMarked
package io.creditrefresh.api.control;

import org.jspecify.annotations.NullMarked;
