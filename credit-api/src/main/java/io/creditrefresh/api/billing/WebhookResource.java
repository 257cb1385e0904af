package io.creditrefresh.api.billing;

import io.creditrefresh.billing.Envelope;
import io.creditrefresh.billing.signature.WebhookSignature;
import io.creditrefresh.billing.stripe.StripeEvents;
import io.creditrefresh.edge.problem.ProblemCode;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.RestPath;

/** Takes what billing providers deliver: whoever signs rightly is answered once the event is stored. */
@Path("/api")
@PermitAll
public class WebhookResource {

    private final EventSources sources;
    private final Inbox inbox;
    private final InboxMetrics metrics;
    // Not the service's clock, which may be a simulated one.
    private final InstantSource realTime = InstantSource.system();

    WebhookResource(EventSources sources, Inbox inbox, InboxMetrics metrics) {
        this.sources = sources;
        this.inbox = inbox;
        this.metrics = metrics;
    }

    @POST
    @Path("/webhooks/billing")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Takes an event of Stripe, and answers once it is stored")
    @Parameter(
            name = "Stripe-Signature",
            in = ParameterIn.HEADER,
            description = "As Stripe signs: t=…,v1=…",
            schema = @Schema(type = SchemaType.STRING))
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponseSchema(value = DeliveryAnswer.class, responseCode = "200", responseDescription = "OK")
    @APIResponse(responseCode = "400")
    @APIResponse(responseCode = "401")
    public DeliveryAnswer deliverStripe(@Context HttpHeaders headers, byte[] body) throws SQLException {
        return deliver(StripeEvents.PROVIDER, headers, body);
    }

    @POST
    @Path("/webhooks/billing/{provider}")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Takes an event of the plain shape, and answers once it is stored")
    @Parameter(
            name = "Webhook-Signature",
            in = ParameterIn.HEADER,
            description = "As Stripe signs: t=…,v1=…",
            schema = @Schema(type = SchemaType.STRING))
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponseSchema(value = DeliveryAnswer.class, responseCode = "200", responseDescription = "OK")
    @APIResponse(responseCode = "400")
    @APIResponse(responseCode = "401")
    public DeliveryAnswer deliver(@RestPath String provider, @Context HttpHeaders headers, byte[] body)
            throws SQLException {
        EventSource source = sources.named(provider).orElseThrow(ProblemCode.NOT_FOUND::problem);
        WebhookSignature.Verdict verdict = WebhookSignature.verify(
                body, headers.getHeaderString(source.header()), source.secrets().current(), realTime.instant());
        if (verdict != WebhookSignature.Verdict.VALID) {
            metrics.delivered(provider, "refused");
        }
        switch (verdict) {
            case MALFORMED -> throw ProblemCode.INVALID_SIGNATURE_HEADER.problem("sign in a header " + source.header());
            case WRONG -> throw ProblemCode.INVALID_SIGNATURE.problem();
            case STALE -> throw ProblemCode.INVALID_SIGNATURE.problem("signed too long ago, or in the future");
            case VALID -> {}
        }
        Envelope envelope = Envelope.read(body).orElseThrow(() -> {
            metrics.delivered(provider, "refused");
            return ProblemCode.INVALID_REQUEST.problem("the body is no event: it has id, type and a time");
        });
        boolean isNew = inbox.store(provider, envelope, body);
        metrics.delivered(provider, isNew ? "stored" : "repeated");
        return new DeliveryAnswer(true, !isNew);
    }
}
