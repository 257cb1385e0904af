/** Lists by keyset: pages and the cursors between them. */
@NullMarked
package io.creditrefresh.edge.page;

import org.jspecify.annotations.NullMarked;
