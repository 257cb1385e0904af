/** The file of the old user table: its lines, its columns and what is wrong with a value. */
@NullMarked
package io.creditrefresh.planner.csv;

import org.jspecify.annotations.NullMarked;
