/** The command {@code deploy/local/run}: one simulated day of the whole pipeline on this machine. */
@NullMarked
package io.creditrefresh.local;

import org.jspecify.annotations.NullMarked;
