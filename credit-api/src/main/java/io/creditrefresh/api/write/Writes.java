package io.creditrefresh.api.write;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.ledger.command.Answers;
import io.creditrefresh.ledger.command.Command;
import io.creditrefresh.ledger.command.Keeping;
import io.creditrefresh.ledger.command.Outcome;
import io.creditrefresh.ledger.command.Result;
import io.creditrefresh.ledger.movement.WriteRequest;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
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
    private final ObjectReader kept;

    Writes(ObjectMapper mapper) {
        this.mapper = mapper;
        // A field that comes with a new version, and is left out, makes no other request.
        this.canonical = mapper.copy()
                .setDefaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                .writer()
                .with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
        this.kept = mapper.reader().without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
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
        return Optional.of(new WriteRequest(allowed(key, KEY), hash(path, body)));
    }

    /** A key that a write may have; any other is the problem {@code invalid_request}. */
    public static String allowed(String key, String name) {
        if (!ALLOWED_KEY.matcher(key).matches()) {
            throw ProblemCode.INVALID_REQUEST.problem(name + " has 1 to 255 visible ASCII characters");
        }
        return key;
    }

    /** Keeps answers of this type. */
    public <T> Keeping<T> keeping(Class<T> type) {
        return new JsonAnswers<>(mapper, kept, type);
    }

    /** Makes and keeps answers of this type. */
    public <T> Answers<T> answers(Class<T> type, Function<Result, T> make) {
        return new MadeAnswers<>(keeping(type), make);
    }

    /** A use case that is given its command. */
    public interface UseCase<T> {
        Outcome<T> run(Answers<T> answers) throws SQLException;
    }

    /**
     * Runs a use case and, once it is committed, says in the log what it has done; a refusal is thrown as its problem.
     *
     * @param make the answer
     */
    public <T> T run(Command command, Class<T> type, Function<Result, T> make, UseCase<T> useCase) throws SQLException {
        AtomicReference<@Nullable Result> written = new AtomicReference<>();
        Outcome<T> outcome = useCase.run(answers(type, result -> {
            written.set(result);
            return make.apply(result);
        }));
        Result result = written.get();
        if (result != null && !command.dryRun() && outcome instanceof Outcome.Done<T>) {
            MovementLog.log(result);
        }
        return outcome.orElseThrow(Refusals::problem);
    }

    private String hash(String path, Object body) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update((path + "\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of()
                    .formatHex(sha256.digest(canonical.writeValueAsBytes(
                            body instanceof JsonNode ? mapper.convertValue(body, Object.class) : body)));
        } catch (NoSuchAlgorithmException | JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private record JsonAnswers<T>(ObjectMapper mapper, ObjectReader reader, Class<T> type) implements Keeping<T> {

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
                return reader.readValue(kept, type);
            } catch (IOException e) {
                throw new IllegalStateException("an answer that was kept cannot be read", e);
            }
        }
    }

    private record MadeAnswers<T>(Keeping<T> keeping, Function<Result, T> make) implements Answers<T> {

        @Override
        public T of(Result result) {
            return make.apply(result);
        }

        @Override
        public String write(T answer) {
            return keeping.write(answer);
        }

        @Override
        public T read(String kept) {
            return keeping.read(kept);
        }
    }
}
