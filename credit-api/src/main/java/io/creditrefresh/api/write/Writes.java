package io.creditrefresh.api.write;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.ledger.command.Answers;
import io.creditrefresh.ledger.command.Result;
import io.creditrefresh.ledger.movement.WriteRequest;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells a repeated write from a new one, and keeps answers as JSON. */
@Singleton
public class Writes {

    /** The header's name, of an Internet-Draft of the HTTPAPI working group. */
    public static final String KEY = "Idempotency-Key";

    private static final Pattern ALLOWED_KEY = Pattern.compile("[\\x21-\\x7E]{1,255}");

    private final ObjectMapper mapper;
    private final ObjectWriter canonical;

    Writes(ObjectMapper mapper) {
        this.mapper = mapper;
        this.canonical = mapper.writer().with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    }

    /** A write that must have a key. */
    public WriteRequest required(@Nullable String key, String path, Object body) {
        return optional(key, path, body)
                .orElseThrow(() -> ProblemCode.IDEMPOTENCY_KEY_MISSING.problem("send a header " + KEY));
    }

    /**
     * A write that may have a key.
     *
     * @param path with the user that it is about, if it names one
     * @param body as it was read: white space and the order of fields make no other request
     */
    public Optional<WriteRequest> optional(@Nullable String key, String path, Object body) {
        if (key == null) {
            return Optional.empty();
        }
        if (!ALLOWED_KEY.matcher(key).matches()) {
            throw ProblemCode.INVALID_REQUEST.problem(KEY + " has 1 to 255 visible ASCII characters");
        }
        return Optional.of(new WriteRequest(key, hash(path, body)));
    }

    /** Keeps answers of this type. */
    public <T> Answers<T> answers(Class<T> type, Function<Result, T> make) {
        return new JsonAnswers<>(mapper, type, make);
    }

    private String hash(String path, Object body) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update((path + "\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha256.digest(canonical.writeValueAsBytes(body)));
        } catch (NoSuchAlgorithmException | JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private record JsonAnswers<T>(ObjectMapper mapper, Class<T> type, Function<Result, T> make) implements Answers<T> {

        @Override
        public T of(Result result) {
            return make.apply(result);
        }

        @Override
        public String write(T answer) {
            try {
                return mapper.writeValueAsString(answer);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public T read(String kept) {
            try {
                return mapper.readValue(kept, type);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("an answer that was kept cannot be read", e);
            }
        }
    }
}
