package io.creditrefresh.ledger.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Writes and reads a {@link RefreshJob} as JSON, for example
 * {@code {"version":1,"accountId":17,"dueAtEpochSecond":1763596800,"attempt":0}}. Unknown fields are ignored, so that a
 * newer planner can add some; another {@code version} is not understood and refused. A job of many accounts adds {@code "bulkJob":4}.
 */
public final class RefreshJobCodec {

    public static final int VERSION = 1;

    private static final JsonFactory JSON = new JsonFactory();

    // What a database and a calendar take: a due_at in milliseconds, for example, is no due_at.
    private static final long EARLIEST = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
    private static final long LATEST = Instant.parse("9999-01-01T00:00:00Z").getEpochSecond();
    private static final int MOST_ATTEMPTS = 1_000_000;

    private RefreshJobCodec() {}

    public static byte[] encode(RefreshJob job) {
        String json = "{\"version\":" + VERSION
                + ",\"accountId\":" + job.accountId()
                + ",\"dueAtEpochSecond\":" + job.dueAt().getEpochSecond()
                + ",\"attempt\":" + job.attempt()
                + (job.isOfBulkJob() ? ",\"bulkJob\":" + job.bulkJob() : "")
                + "}";
        return json.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Reads a job.
     *
     * @throws UnreadableJobException if the bytes are no job of this version; its message says why
     */
    public static RefreshJob decode(byte[] bytes) throws UnreadableJobException {
        try (JsonParser parser = JSON.createParser(bytes)) {
            return decode(parser);
        } catch (IOException e) {
            throw new UnreadableJobException("not JSON");
        }
    }

    private static RefreshJob decode(JsonParser parser) throws IOException, UnreadableJobException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new UnreadableJobException("not a JSON object");
        }
        Fields fields = new Fields();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            fields.read(name, parser);
        }
        if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
            throw new UnreadableJobException("more than one JSON object");
        }
        return fields.job();
    }

    /** The fields of a job as far as they were read. */
    private static final class Fields {

        private static final long ABSENT = Long.MIN_VALUE;

        private long version = ABSENT;
        private long accountId = ABSENT;
        private long dueAtEpochSecond = ABSENT;
        private long attempt = ABSENT;
        private long bulkJob = ABSENT;

        void read(String name, JsonParser parser) throws IOException, UnreadableJobException {
            switch (name) {
                case "version" -> version = number(name, parser);
                case "accountId" -> accountId = number(name, parser);
                case "dueAtEpochSecond" -> dueAtEpochSecond = number(name, parser);
                case "attempt" -> attempt = number(name, parser);
                case "bulkJob" -> bulkJob = number(name, parser);
                default -> parser.skipChildren();
            }
        }

        private static long number(String name, JsonParser parser) throws IOException, UnreadableJobException {
            if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                throw new UnreadableJobException(name + " is not a whole number");
            }
            try {
                return parser.getLongValue();
            } catch (InputCoercionException e) {
                throw new UnreadableJobException(name + " is beyond a long");
            }
        }

        RefreshJob job() throws UnreadableJobException {
            if (require("version", version) != VERSION) {
                throw new UnreadableJobException("version " + version + " is not known, only " + VERSION);
            }
            long attempts = attempt == ABSENT ? 0 : attempt;
            return new RefreshJob(
                    inRange("accountId", require("accountId", accountId), 1, Long.MAX_VALUE),
                    Instant.ofEpochSecond(inRange(
                            "dueAtEpochSecond", require("dueAtEpochSecond", dueAtEpochSecond), EARLIEST, LATEST)),
                    (int) inRange("attempt", attempts, 0, MOST_ATTEMPTS),
                    bulkJob == ABSENT ? 0 : inRange("bulkJob", bulkJob, 1, Long.MAX_VALUE));
        }

        private static long inRange(String name, long value, long min, long max) throws UnreadableJobException {
            if (value < min || value > max) {
                throw new UnreadableJobException(name + " is not in " + min + " to " + max + ": " + value);
            }
            return value;
        }

        private static long require(String name, long value) throws UnreadableJobException {
            if (value == ABSENT) {
                throw new UnreadableJobException(name + " is missing");
            }
            return value;
        }
    }
}
