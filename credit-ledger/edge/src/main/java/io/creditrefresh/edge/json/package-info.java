/** How JSON is read: strictly. */
@NullMarked
package io.creditrefresh.edge.json;

import org.jspecify.annotations.NullMarked;
