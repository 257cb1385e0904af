/** What a measurement costs the machine: read from Linux' {@code /proc} and from the log of the garbage collector. */
@NullMarked
package io.creditrefresh.local.bench.machine;

import org.jspecify.annotations.NullMarked;
