package io.creditrefresh.api;

import io.creditrefresh.ledger.store.LedgerDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A migrated database of its own for the API under test, whose clock stands at noon and which one origin may call. */
public final class RealPostgres implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Map.of(
                "quarkus.datasource.jdbc.url",
                LedgerDatabase.create().url(),
                "credits.clock.origin",
                "2026-11-20T12:00:00Z",
                "quarkus.http.cors.origins",
                "https://app.test",
                // Tests ask more often than people do.
                "credits.limit.enabled",
                "false",
                "credits.upgrade.url",
                "https://shop.test/upgrade",
                "credits.scale.tier",
                "120000",
                "credits.ghost.tier",
                "5");
    }

    @Override
    public void stop() {}
}
