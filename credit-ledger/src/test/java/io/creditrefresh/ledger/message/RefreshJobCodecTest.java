package io.creditrefresh.ledger.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefreshJobCodecTest {

    private static final Instant DUE_AT = Instant.parse("2026-11-19T10:00:00Z");

    @Test
    void writesTheDocumentedJson() {
        byte[] bytes = RefreshJobCodec.encode(new RefreshJob(17, DUE_AT, 2));

        assertThat(new String(bytes, StandardCharsets.UTF_8))
                .isEqualTo("{\"version\":1,\"accountId\":17,\"dueAtEpochSecond\":1795082400,\"attempt\":2}");
    }

    @Test
    void readsWhatItWrites() throws UnreadableJobException {
        RefreshJob job = new RefreshJob(Long.MAX_VALUE, DUE_AT, Integer.MAX_VALUE);

        assertThat(RefreshJobCodec.decode(RefreshJobCodec.encode(job))).isEqualTo(job);
    }

    @Test
    void ignoresWhatANewerPlannerAdds() throws UnreadableJobException {
        String json =
                " {\"extra\":{\"a\":[1,{}]},\"version\":1,\"accountId\":17,\"more\":null,\"dueAtEpochSecond\":0} ";

        assertThat(decode(json)).isEqualTo(new RefreshJob(17, Instant.EPOCH, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                              | not a JSON object",
                "hello                                                           | not JSON",
                "[1]                                                             | not a JSON object",
                "{\"version\":1,\"accountId\":17                                 | not JSON",
                "{\"version\":2,\"accountId\":17,\"dueAtEpochSecond\":0}         | version 2 is not known, only 1",
                "{\"accountId\":17,\"dueAtEpochSecond\":0}                       | version is missing",
                "{\"version\":1,\"dueAtEpochSecond\":0}                          | accountId is missing",
                "{\"version\":1,\"accountId\":17}                                | dueAtEpochSecond is missing",
                "{\"version\":1,\"accountId\":\"17\",\"dueAtEpochSecond\":0}     | accountId is not a whole number",
                "{\"version\":1,\"accountId\":1.5,\"dueAtEpochSecond\":0}        | accountId is not a whole number",
                "{\"version\":1,\"accountId\":0,\"dueAtEpochSecond\":0}          | accountId is at least 1: 0",
                "{\"version\":1,\"accountId\":17,\"dueAtEpochSecond\":0,\"attempt\":-1} | attempt is not negative: -1",
                "{\"version\":1,\"accountId\":17,\"dueAtEpochSecond\":0,\"attempt\":9999999999} | attempt is too large: 9999999999",
                "{\"version\":1,\"accountId\":99999999999999999999,\"dueAtEpochSecond\":0} | not JSON",
                "{\"version\":1,\"accountId\":17,\"dueAtEpochSecond\":9223372036854775807} | *",
                "{\"version\":1,\"accountId\":17,\"dueAtEpochSecond\":0}{}       | more than one JSON object",
            })
    void refusesWhatIsNoJobAndSaysWhy(String json, String reason) {
        assertThatThrownBy(() -> decode(json))
                .isInstanceOf(UnreadableJobException.class)
                .message()
                .satisfies(message -> assertThat(message).isEqualTo(reason.equals("*") ? message : reason));
    }

    @Test
    void refusesBytesThatAreNoText() {
        assertThatThrownBy(() -> RefreshJobCodec.decode(new byte[] {(byte) 0xff, 0, 1, (byte) 0xc3}))
                .isInstanceOf(UnreadableJobException.class);
    }

    private static RefreshJob decode(String json) throws UnreadableJobException {
        return RefreshJobCodec.decode(json.getBytes(StandardCharsets.UTF_8));
    }
}
