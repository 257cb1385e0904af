/** The whole pipeline on one machine: Postgres, Kafka and the services as processes, each of which can be ended alone. */
@NullMarked
package io.creditrefresh.local.stack;

import org.jspecify.annotations.NullMarked;
