package io.creditrefresh.planner.command;

/** A command cannot go on for a reason that its user can do something about; the message is all they need. */
final class CommandFailedException extends RuntimeException {

    CommandFailedException(String message) {
        super(message.replaceAll("\\s*\\R\\s*", " "), null, false, false);
    }
}
