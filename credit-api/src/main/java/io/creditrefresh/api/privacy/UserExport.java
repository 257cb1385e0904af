package io.creditrefresh.api.privacy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of a user. Staff are named by their role.
 *
 * @param createdAt when this service came to know the user
 * @param entries of the ledger, account by account; refreshes are among them
 * @param failures refreshes that have failed and are not yet done
 * @param customers whom billing providers know the user as
 * @param subscriptions all that was told of subscriptions at billing providers
 * @param events of billing providers, with what they delivered as text
 * @param audit what admins and support have done about the user
 * @param complete the end of the document: without it, something is missing
 */
public record UserExport(
        Instant exportedAt,
        String userId,
        @Nullable String email,
        Instant createdAt,
        String plan,
        String billingState,
        boolean hold,
        @Nullable Integer refreshDay,
        List<Map<String, Object>> accounts,
        List<Map<String, Object>> entries,
        List<Map<String, Object>> failures,
        List<Map<String, Object>> customers,
        List<Map<String, Object>> subscriptions,
        List<Map<String, Object>> events,
        List<Map<String, Object>> audit,
        boolean complete) {}
