package io.creditrefresh.api.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.api.RealPostgres;
import io.creditrefresh.api.TestLedger;
import io.creditrefresh.edge.token.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class KeptAnswersTest {

    @Inject
    KeptAnswers kept;

    @Test
    void areKeptForNinetyDays() {
        TestLedger.execute("INSERT INTO idempotency (scope, key, request_hash, created_at) SELECT 0, 'kept-' || age,"
                + " sha256('x'), timestamptz '2026-11-20T12:00:00Z' - interval '1 second' * age"
                + " FROM (VALUES (0), (90 * 86400 - 1), (90 * 86400), (90 * 86400 + 1)) AS ages (age)");
        TestLedger.execute("INSERT INTO idempotency (scope, key, request_hash, created_at)"
                + " SELECT 0, 'kept-old-' || n, sha256('x'), '2026-01-01Z' FROM generate_series(1, 5001) AS n");

        kept.forgetOld();

        assertThat(TestLedger.query("SELECT string_agg(key, ' ' ORDER BY created_at DESC) FROM idempotency"
                        + " WHERE key LIKE 'kept-%'"))
                .isEqualTo("kept-0 kept-7775999 kept-7776000");
    }
}
