package io.creditrefresh.ledger.movement;

import org.jspecify.annotations.Nullable;

/**
 * Something that somebody did by their privileges, as the audit names it.
 *
 * @param actor as {@code admin:alice}
 * @param role that allowed it, as {@code admin}
 * @param action as {@code change-plan}
 * @param reason in the actor's own words; null if none was given
 */
public record Deed(
        String actor, String role, String action, @Nullable String reason) {}
