/** What schedulers and operators have this worker refresh at once. */
@NullMarked
package io.creditrefresh.worker.task;

import org.jspecify.annotations.NullMarked;
