package io.creditrefresh.ledger.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes a {@link CreditEvent} as a CloudEvent 1.0 in structured mode: one JSON object, whole without its headers. */
public final class CreditEventCodec {

    /** What the header {@code content-type} of such a message says. */
    public static final String CONTENT_TYPE = "application/cloudevents+json; charset=UTF-8";

    private static final JsonFactory JSON = new JsonFactory();

    private CreditEventCodec() {}

    /** The key of its message: all events of an account are in one partition, in their order. */
    public static String key(CreditEvent event) {
        return Long.toString(event.accountId());
    }

    public static byte[] encode(CreditEvent event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("specversion", "1.0");
            json.writeStringField("id", event.id());
            json.writeStringField("source", "/credit-refresh");
            json.writeStringField("type", event.type().cloudEventsType());
            json.writeStringField("subject", event.userId());
            json.writeStringField("time", event.at().toString());
            json.writeStringField("partitionkey", key(event));
            json.writeStringField("datacontenttype", "application/json");
            json.writeObjectFieldStart("data");
            data(json, event);
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void data(JsonGenerator json, CreditEvent event) throws IOException {
        CreditEvent.Amounts amounts = event.amounts();
        json.writeStringField("userId", event.userId());
        json.writeNumberField("accountId", event.accountId());
        json.writeStringField("kind", event.kind());
        json.writeNumberField("seq", event.seq());
        json.writeStringField("entryType", event.entryType());
        json.writeNumberField("amount", amounts.change());
        json.writeNumberField("balance", amounts.balance());
        json.writeNumberField("limit", event.limit());
        json.writeStringField("periodStart", event.periodStart().toString());
        json.writeStringField("periodEnd", event.periodEnd().toString());
        switch (event.type()) {
            case REFRESHED -> {
                json.writeNumberField("granted", amounts.granted());
                json.writeNumberField("lapsed", amounts.lapsed());
                json.writeNumberField("carried", amounts.carried());
            }
            case PLAN_CHANGED -> {
                json.writeStringField("planBefore", event.planBefore());
                json.writeStringField("plan", event.plan());
            }
            case LOW, EXHAUSTED -> {
                // The balance and the limit say it all.
            }
        }
    }
}
