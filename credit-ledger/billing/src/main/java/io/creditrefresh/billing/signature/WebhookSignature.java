package io.creditrefresh.billing.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Checks who has sent a body, by Stripe's scheme: a header {@code t=1700000000,v1=…} with the HMAC-SHA256 of
 * {@code t.body} in hexadecimal, of any of several secrets.
 *
 * @see <a href="https://docs.stripe.com/webhooks#verify-manually">Stripe's description</a>
 */
public final class WebhookSignature {

    /** How far the time of signing may lie before or behind the present. */
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final String ALGORITHM = "HmacSHA256";
    private static final int HEADER_LENGTH_MAX = 4_096;
    private static final int SIGNATURES_MAX = 16;
    private static final int SIGNATURE_LENGTH = 64;
    private static final int SECONDS_LENGTH_MAX = 12;

    private WebhookSignature() {}

    /** What is to be thought of a delivery. */
    public enum Verdict {
        VALID,
        /** There is no header, or it is not one of this scheme. */
        MALFORMED,
        /** Signed with no secret that is known; or none is known. */
        WRONG,
        /** Rightly signed, but too long ago, or in the future. */
        STALE
    }

    /**
     * Checks a delivery in constant time, for any header.
     *
     * @param body as it was received, byte for byte
     * @param now real time
     */
    public static Verdict verify(byte[] body, @Nullable String header, List<String> secrets, Instant now) {
        if (header == null || header.length() > HEADER_LENGTH_MAX) {
            return Verdict.MALFORMED;
        }
        List<String> times = values(header, "t");
        List<String> signatures = values(header, "v1");
        OptionalLong signedAt = times.size() == 1 ? seconds(times.get(0)) : OptionalLong.empty();
        if (signedAt.isEmpty()
                || signatures.isEmpty()
                || signatures.size() > SIGNATURES_MAX
                || !signatures.stream().allMatch(WebhookSignature::isHexadecimal)) {
            return Verdict.MALFORMED;
        }
        if (!isSigned(body, times.get(0), signatures, secrets)) {
            return Verdict.WRONG;
        }
        long age = now.getEpochSecond() - signedAt.getAsLong();
        return Math.abs(age) <= TOLERANCE.toSeconds() ? Verdict.VALID : Verdict.STALE;
    }

    /** The header that a sender signs a body with. */
    public static String sign(byte[] body, String secret, Instant at) {
        String time = String.valueOf(at.getEpochSecond());
        return "t=%s,v1=%s".formatted(time, HexFormat.of().formatHex(hmac(secret, time, body)));
    }

    private static List<String> values(String header, String name) {
        List<String> values = new ArrayList<>();
        for (String part : header.split(",", -1)) {
            String trimmed = part.trim();
            if (trimmed.startsWith(name + "=")) {
                values.add(trimmed.substring(name.length() + 1));
            }
        }
        return values;
    }

    private static OptionalLong seconds(String text) {
        boolean isNumber = !text.isEmpty()
                && text.length() <= SECONDS_LENGTH_MAX
                && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        return isNumber ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    private static boolean isHexadecimal(String text) {
        return text.length() == SIGNATURE_LENGTH && text.chars().allMatch(HexFormat::isHexDigit);
    }

    /** Looks at all pairs, so that the time taken tells nothing. */
    private static boolean isSigned(byte[] body, String time, List<String> signatures, List<String> secrets) {
        boolean isSigned = false;
        for (String secret : secrets) {
            byte[] expected = hmac(secret, time, body);
            for (String signature : signatures) {
                isSigned |= MessageDigest.isEqual(expected, HexFormat.of().parseHex(signature));
            }
        }
        return isSigned;
    }

    private static byte[] hmac(String secret, String time, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
