/** Past refreshes of a user. */
@NullMarked
package io.creditrefresh.api.history;

import org.jspecify.annotations.NullMarked;
