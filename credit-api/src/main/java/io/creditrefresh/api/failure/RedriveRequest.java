package io.creditrefresh.api.failure;

import org.jspecify.annotations.Nullable;

/**
 * Which failures are to be tried again; what is left out does not matter.
 *
 * @param state {@code retrying} or {@code exhausted}
 * @param category {@code data}, {@code database} or {@code bug}
 * @param error exactly as the list shows it
 * @param reason for the audit
 */
public record RedriveRequest(
        @Nullable String state,
        @Nullable String category,
        @Nullable String error,
        @Nullable String reason) {

    static final RedriveRequest EMPTY = new RedriveRequest(null, null, null, null);
}
