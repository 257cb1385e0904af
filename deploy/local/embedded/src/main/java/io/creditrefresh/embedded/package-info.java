/** Real Postgres and a real Kafka broker that a JVM starts, stops and starts again, for the local run and for tests. */
@NullMarked
package io.creditrefresh.embedded;

import org.jspecify.annotations.NullMarked;
