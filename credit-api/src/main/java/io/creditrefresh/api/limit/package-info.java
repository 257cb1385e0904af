/** How often people may ask. */
@NullMarked
package io.creditrefresh.api.limit;

import org.jspecify.annotations.NullMarked;
