/** One round of refreshing many accounts: what it starts from, what it costs and what it must leave behind. */
@NullMarked
package io.creditrefresh.local.bench.round;

import org.jspecify.annotations.NullMarked;
