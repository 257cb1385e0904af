package io.creditrefresh.api.billing;

import io.creditrefresh.billing.signature.WebhookSecrets;
import io.creditrefresh.ledger.provider.BillingEvent;
import java.util.function.Function;

/**
 * A provider that sends events.
 *
 * @param header in which it signs
 * @param reader of a body's bytes
 */
record EventSource(String provider, String header, WebhookSecrets secrets, Function<byte[], BillingEvent> reader) {}
