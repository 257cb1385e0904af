/** The simulated day of a run: how far it is, what it did, and whether everything adds up. */
@NullMarked
package io.creditrefresh.local.day;

import org.jspecify.annotations.NullMarked;
