/** The import of the old user table, chunk by chunk. */
@NullMarked
package io.creditrefresh.planner.imports;

import org.jspecify.annotations.NullMarked;
