/** Users as support looks them up. */
@NullMarked
package io.creditrefresh.api.user;

import org.jspecify.annotations.NullMarked;
