/** Who calls. */
@NullMarked
package io.creditrefresh.api.caller;

import org.jspecify.annotations.NullMarked;
