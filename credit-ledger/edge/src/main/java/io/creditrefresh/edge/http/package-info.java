/** How requests are measured. */
@NullMarked
package io.creditrefresh.edge.http;

import org.jspecify.annotations.NullMarked;
