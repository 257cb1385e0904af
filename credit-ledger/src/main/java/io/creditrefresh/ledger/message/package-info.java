/** The Kafka messages and where they travel. */
@NullMarked
package io.creditrefresh.ledger.message;

import org.jspecify.annotations.NullMarked;
