/** How refreshing goes, for operators. */
@NullMarked
package io.creditrefresh.api.run;

import org.jspecify.annotations.NullMarked;
