/** Work on many accounts that admins ask for. */
@NullMarked
package io.creditrefresh.worker.bulk;

import org.jspecify.annotations.NullMarked;
