package io.creditrefresh.ledger.control;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that an operator has stopped.
 *
 * @param note in the operator's own words; null if none was given
 * @param by as {@code admin:alice}
 * @param since by the service's clock, whole seconds
 */
public record Halt(@Nullable String note, String by, Instant since) {}
