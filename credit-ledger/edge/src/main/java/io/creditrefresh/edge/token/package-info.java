/** Who calls: bearer tokens and the roles in them. */
@NullMarked
package io.creditrefresh.edge.token;

import org.jspecify.annotations.NullMarked;
