package io.creditrefresh.example.gate;

import io.creditrefresh.client.ApiException;
import io.creditrefresh.client.ConsumeRequest;
import io.creditrefresh.client.RefundRequest;
import io.creditrefresh.example.gate.Calls.NoAnswerException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Charges for requests, and gives back. */
// Not a singleton: Quarkus makes filters before it has read the settings, and a proxy waits for the first request.
@ApplicationScoped
class Charging {

    private static final Logger LOG = Logger.getLogger(Charging.class);

    /** How often a request may fail, be given back and come again under one key. */
    private static final int ATTEMPTS_MAX = 10;

    private final Calls calls;

    Charging(Calls calls) {
        this.calls = calls;
    }

    /** What became of a charge. */
    sealed interface Outcome {}

    /** This request has spent; it is the one that may give back. */
    record Spent(Spend spend) implements Outcome {}

    /** An earlier request of the same name has spent, and perhaps done the work: what was spent stays. */
    record PaidEarlier() implements Outcome {}

    /** Nothing was spent. */
    record Refused(Answer answer) implements Outcome {}

    /** Spends unless an earlier request of this name has, and was not given it back. */
    Outcome charge(String userId, Price price, String name) {
        // Makes the body another one than that of each other request of this name: only who has spent is told so.
        String requestId = UUID.randomUUID().toString();
        try {
            for (int attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
                Spend spend = new Spend(userId, name + ":" + attempt);
                if (spends(spend, price, requestId)) {
                    return new Spent(spend);
                }
                if (!isGivenBack(spend)) {
                    return new PaidEarlier();
                }
            }
            return new Refused(
                    Answer.of(409, "idempotency_key_reused", "Too many failures under this key; use a new one"));
        } catch (NoAnswerException e) {
            LOG.warnf("no credits charged: the Credit API does not answer: %s", e.getMessage());
            return new Refused(Answer.unavailable());
        } catch (ApiException e) {
            return new Refused(refusal(e));
        }
    }

    /**
     * Gives back what a spend took, once however often it is called. If that cannot be said to have happened, the log
     * has what it takes to repeat it.
     */
    void giveBack(Spend spend) {
        try {
            calls.call(api -> api.refund(spend.refundKey(), refundOf(spend.userId(), spend.key())));
        } catch (NoAnswerException e) {
            logNotGivenBack(spend, e);
        } catch (ApiException e) {
            // Not found: a spend that nobody has answered may still be on its way.
            if (!Answer.of(e).is("already_refunded")) {
                logNotGivenBack(spend, e);
            }
        }
    }

    /** False if the key has been used by an earlier request. */
    private boolean spends(Spend spend, Price price, String requestId) throws ApiException, NoAnswerException {
        ConsumeRequest request = new ConsumeRequest()
                .userId(spend.userId())
                .kind(price.kind())
                .amount(price.amount())
                .action(price.action())
                .metadata(Map.of("operation", price.operation(), "requestId", requestId));
        if (!price.platform().isEmpty()) {
            request.platform(price.platform());
        }
        try {
            calls.call(api -> api.consume(spend.key(), request));
            return true;
        } catch (NoAnswerException e) {
            if (e.wasSent()) {
                giveBack(spend);
            }
            throw e;
        } catch (ApiException e) {
            if (Answer.of(e).is("idempotency_key_reused")) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Whether the refund of a spend has been made: then its key is taken. It is tried with a refund of no spend, which
     * changes nothing.
     */
    private boolean isGivenBack(Spend spend) throws ApiException, NoAnswerException {
        try {
            calls.call(api -> api.refund(spend.refundKey(), refundOf(spend.userId(), spend.refundKey())));
            throw new IllegalStateException("a refund has been spent: " + spend.refundKey());
        } catch (ApiException e) {
            Answer answer = Answer.of(e);
            if (answer.is("spend_not_found")) {
                return false;
            }
            if (answer.is("idempotency_key_reused")) {
                return true;
            }
            throw e;
        }
    }

    /** What users can do something about is shown to them; the rest is the backend's trouble. */
    private static Answer refusal(ApiException e) {
        Answer answer = Answer.of(e);
        if (e.getCode() == 402 || e.getCode() == 409) {
            return answer;
        }
        if (answer.is("spending_stopped")) {
            return answer.afterAWhile();
        }
        LOG.errorf("no credits charged: the Credit API refuses with %d %s", e.getCode(), answer.problem());
        return Answer.unavailable();
    }

    private static RefundRequest refundOf(String userId, String spendKey) {
        return new RefundRequest().userId(userId).idempotencyKey(spendKey);
    }

    private static void logNotGivenBack(Spend spend, Exception why) {
        LOG.errorf(
                "Credits not given back: user %s, spend %s, refund under %s: %s",
                spend.userId(), spend.key(), spend.refundKey(), why.getMessage());
    }
}
