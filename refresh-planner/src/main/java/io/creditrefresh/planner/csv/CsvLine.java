package io.creditrefresh.planner.csv;

/** One physical line of a file, without its line break. */
sealed interface CsvLine {

    /** Counts from 1. */
    long number();

    record Text(long number, String text) implements CsvLine {}

    record Unreadable(long number, String reason) implements CsvLine {}
}
