package io.creditrefresh.planner.csv;

/** A file that does not begin with the header of the old user table; the message says what is wrong. */
public final class WrongHeaderException extends Exception {

    WrongHeaderException(String problem) {
        super("the header " + problem + "; expected, in any order: " + UserColumn.headers());
    }
}
