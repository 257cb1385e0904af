package io.creditrefresh.api.override;

import io.creditrefresh.edge.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entity tags of what admins edit, so that nobody overwrites what they have not seen (RFC 9110, section 13.1.1). */
final class EntityTag {

    private static final int BYTES = 12;

    private EntityTag() {}

    /** A strong tag of a text, in quotes. */
    static String of(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return '"' + HexFormat.of().formatHex(Arrays.copyOf(hash, BYTES)) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Whether an {@code If-Match} lets a change of {@code current} pass.
     *
     * @param ifMatch null: nobody asks
     */
    static boolean matches(@Nullable String ifMatch, String current) {
        return ifMatch == null || tags(ifMatch).contains("*") || tags(ifMatch).contains(current);
    }

    /** A header that is no list of tags is the problem {@code invalid_request}. */
    static void check(@Nullable String ifMatch) {
        if (ifMatch != null
                && !tags(ifMatch).stream().allMatch(tag -> tag.equals("*") || tag.matches("\"[\\x21\\x23-\\x7E]*\""))) {
            throw ProblemCode.INVALID_REQUEST.problem("If-Match is the ETag of an earlier answer");
        }
    }

    private static List<String> tags(String header) {
        return Arrays.stream(header.split(",")).map(String::trim).toList();
    }
}
