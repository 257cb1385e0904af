/** The command {@code deploy/local/bench}: what the whole pipeline is measured by, and what it must reach. */
@NullMarked
package io.creditrefresh.local.bench;

import org.jspecify.annotations.NullMarked;
