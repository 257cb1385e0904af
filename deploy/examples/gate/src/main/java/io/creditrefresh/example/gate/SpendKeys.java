package io.creditrefresh.example.gate;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Names the spends of requests. A request that comes again under its {@code Idempotency-Key} has the same name, but only
 * if it is the same request: a caller who sends one key with everything would else pay once for all of it. The name is
 * made with a secret, because users can spend with their own tokens, too: who foresees a key could spend 1 under it.
 */
// Not a singleton: Quarkus makes filters before it has read the settings, and a proxy waits for the first request.
@ApplicationScoped
class SpendKeys {

    private static final String HEADER = "Idempotency-Key";
    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] secret;

    SpendKeys(GateSettings settings) {
        this.secret = settings.keySecret().getBytes(StandardCharsets.UTF_8);
    }

    /** Reads the body, and puts it back, if there is a key. */
    String nameOf(ContainerRequestContext request, String kind) throws IOException {
        @Nullable String key = request.getHeaderString(HEADER);
        if (key == null) {
            return "gate:" + UUID.randomUUID();
        }
        byte[] body = request.getEntityStream().readAllBytes();
        request.setEntityStream(new ByteArrayInputStream(body));
        String uri = request.getUriInfo().getRequestUri().toString();
        return "gate:" + HexFormat.of().formatHex(mac(kind, key, request.getMethod(), uri, body));
    }

    private byte[] mac(String kind, String key, String method, String uri, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            for (String part : new String[] {kind, key, method, uri}) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                // Its length goes first: no two requests look alike because their parts meet elsewhere.
                mac.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
                mac.update(bytes);
            }
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
