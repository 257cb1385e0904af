package io.creditrefresh.planner.imports;

import io.creditrefresh.planner.csv.BadValue;

/** Gets to know every bad value, in the order of the lines. */
@FunctionalInterface
public interface BadRows {

    void report(long line, BadValue badValue);
}
