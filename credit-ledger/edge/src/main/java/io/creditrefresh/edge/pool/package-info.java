/** The pool of database connections. */
@NullMarked
package io.creditrefresh.edge.pool;

import org.jspecify.annotations.NullMarked;
