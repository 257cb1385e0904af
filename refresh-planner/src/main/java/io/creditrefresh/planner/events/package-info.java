/** What happened to credits on its way from the ledger into Kafka. */
@NullMarked
package io.creditrefresh.planner.events;

import org.jspecify.annotations.NullMarked;
