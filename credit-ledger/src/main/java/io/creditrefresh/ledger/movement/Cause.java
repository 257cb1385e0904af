package io.creditrefresh.ledger.movement;

import org.jspecify.annotations.Nullable;

/**
 * Who has an entry written, and why.
 *
 * @param actor as {@code admin:alice}, {@code service:shop}, {@code user:bob}, {@code worker}
 * @param reason in the actor's own words; null if none was given
 */
public record Cause(String actor, @Nullable String reason) {}
