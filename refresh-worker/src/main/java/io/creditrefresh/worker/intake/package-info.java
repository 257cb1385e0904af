/** Jobs as they come from Kafka: decoded, applied, acknowledged after the commit. */
@NullMarked
package io.creditrefresh.worker.intake;

import org.jspecify.annotations.NullMarked;
