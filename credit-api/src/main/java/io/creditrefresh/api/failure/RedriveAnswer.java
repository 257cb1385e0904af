package io.creditrefresh.api.failure;

/**
 * Failures that the planner's next tick has tried again.
 *
 * @param redriven how many; those that are to be tried by now anyway are not counted
 */
public record RedriveAnswer(int redriven) {}
