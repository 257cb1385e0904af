/** What the worker tells of itself: metrics, readiness and liveness. */
@NullMarked
package io.creditrefresh.worker.health;

import org.jspecify.annotations.NullMarked;
