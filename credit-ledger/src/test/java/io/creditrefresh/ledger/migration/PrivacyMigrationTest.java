package io.creditrefresh.ledger.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.store.LedgerDatabase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

class PrivacyMigrationTest {

    private final LedgerDatabase database = LedgerDatabase.create();

    @Test
    void findsWhomTheEventsConcernedThatWereThereBefore() {
        database.execute("DROP SCHEMA public CASCADE");
        database.execute("CREATE SCHEMA public");
        Flyway.configure()
                .dataSource(database.as("postgres"))
                .locations("classpath:db/migration")
                .target("7")
                .load()
                .migrate();
        database.execute("INSERT INTO subscriber (user_id, plan_code, created_at) VALUES ('bob', 'free', now()),"
                + " ('carol', 'free', now())");
        database.execute("INSERT INTO billing_customer (subscriber_id, created_at, provider, customer_id)"
                + " SELECT id, now(), p, 'cus_' || user_id FROM subscriber, unnest(ARRAY['stripe', 'acme']) p");
        database.execute("INSERT INTO provider_snapshot (subscriber_id, told_at, created_at, period_start, period_end,"
                + " provider, event_id, subscription_id, kind, plan, status) SELECT id, now(), now(), now(), now(),"
                + " 'acme', 'told', 'sub', 'created', 'pro', 'active' FROM subscriber WHERE user_id = 'bob'");
        event("stripe", "of-carol", "{\"data\": {\"object\": {\"customer\" : \"cus_carol\"}}}");
        event("acme", "of-bob", "{\"customerId\":\"cus_bob\"}");
        event("acme", "told", "{\"userId\":\"bob\"}");
        event("elsewhere", "of-somebody", "{\"customerId\":\"cus_bob\"}");

        assertThat(Migration.migrate(database.as("postgres"))).isPositive();

        assertThat(database.query("SELECT string_agg(event_id || ' ' || coalesce(user_id, 'nobody'), ',' ORDER BY w.id)"
                        + " FROM (SELECT id, event_id, subscriber_id FROM webhook_event) w LEFT JOIN subscriber s"
                        + " ON s.id = w.subscriber_id"))
                .isEqualTo("of-carol carol,of-bob bob,told bob,of-somebody nobody");
    }

    private void event(String provider, String id, String payload) {
        database.execute(
                "INSERT INTO webhook_event (provider, event_id, type, occurred_at, received_at, state, payload)"
                        + " VALUES ('" + provider + "', '" + id + "', 't', now(), now(), 'processed', '" + payload
                        + "')");
    }
}
