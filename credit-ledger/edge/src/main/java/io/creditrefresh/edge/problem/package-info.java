/** What goes wrong, as RFC 9457 problems with stable codes. */
@NullMarked
package io.creditrefresh.edge.problem;

import org.jspecify.annotations.NullMarked;
