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
        RefreshJob job = new RefreshJob(Long.MAX_VALUE, DUE_AT, 1_000_000);
        RefreshJob ofBulkJob = new RefreshJob(17, DUE_AT, 0, 4);

        assertThat(RefreshJobCodec.decode(RefreshJobCodec.encode(job))).isEqualTo(job);
        assertThat(RefreshJobCodec.decode(RefreshJobCodec.encode(ofBulkJob))).isEqualTo(ofBulkJob);
    }

    @Test
    void ignoresWhatANewerPlannerAdds() throws UnreadableJobException {
        String json =
                " {\"extra\":{\"a\":[1,{}]},\"version\":1,\"accountId\":17,\"more\":null,\"dueAtEpochSecond\":1795082400} ";

        assertThat(decode(json)).isEqualTo(new RefreshJob(17, DUE_AT, 0));
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
                "{\"version\":1,\"accountId\":0,\"dueAtEpochSecond\":1795082400} | accountId is not in 1 to 9223372036854775807: 0",
                "{\"version\":1,\"accountId\":17,\"dueAtEpochSecond\":1795082400000} | dueAtEpochSecond is not in 946684800 to 253370764800: 1795082400000",
                "{\"version\":1,\"accountId\":17,\"dueAtEpochSecond\":-1} | dueAtEpochSecond is not in 946684800 to 253370764800: -1",
                "{\"version\":1,\"accountId\":17,\"dueAtEpochSecond\":1795082400,\"attempt\":-1} | attempt is not in 0 to 1000000: -1",
                "{\"version\":1,\"accountId\":17,\"dueAtEpochSecond\":1795082400,\"attempt\":2147483647} | attempt is not in 0 to 1000000: 2147483647",
                "{\"version\":1,\"accountId\":17,\"dueAtEpochSecond\":1795082400,\"bulkJob\":0} | bulkJob is not in 1 to 9223372036854775807: 0",
                "{\"version\":1,\"accountId\":99999999999999999999,\"dueAtEpochSecond\":0} | accountId is beyond a long",
                "{\"version\":1,\"accountId\":17,\"dueAtEpochSecond\":1795082400}{} | more than one JSON object",
            })
    void refusesWhatIsNoJobAndSaysWhy(String json, String reason) {
        assertThatThrownBy(() -> decode(json))
                .isInstanceOf(UnreadableJobException.class)
                .hasMessage(reason);
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
