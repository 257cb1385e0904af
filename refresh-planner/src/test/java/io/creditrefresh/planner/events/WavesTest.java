package io.creditrefresh.planner.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.message.CreditEvent;
import io.creditrefresh.ledger.message.CreditEventType;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WavesTest {

    @Test
    void putsEachEventOfAnAccountIntoALaterWave() {
        List<CreditEvent> events = events("7-2", "8-5", "7-3", "9-1", "7-4", "8-6");

        assertThat(Waves.of(events)).containsExactly(events("7-2", "8-5", "9-1"), events("7-3", "8-6"), events("7-4"));
    }

    @Test
    void makesNoWaveOfNothing() {
        assertThat(Waves.of(List.of())).isEmpty();
    }

    private static List<CreditEvent> events(String... accountsAndSeqs) {
        return Stream.of(accountsAndSeqs)
                .map(text -> event(Long.parseLong(text.split("-")[0]), Long.parseLong(text.split("-")[1])))
                .toList();
    }

    private static CreditEvent event(long accountId, long seq) {
        return new CreditEvent(
                1,
                CreditEventType.LOW,
                accountId,
                "bob",
                "credits",
                seq,
                "CONSUME",
                Instant.EPOCH,
                new CreditEvent.Amounts(-1, 0, 0, 0, 0),
                10,
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                null);
    }
}
