/** The refresh of many accounts by the whole pipeline, beside one plain statement and a good job scheduler. */
@NullMarked
package io.creditrefresh.local.bench.pipeline;

import org.jspecify.annotations.NullMarked;
