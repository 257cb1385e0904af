package io.creditrefresh.ledger.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailedGroupsTest {

    private static final Logger LOG = Logger.getLogger(FailedGroups.class.getName());

    private final Lines lines = new Lines();
    private long nanos;
    private final FailedGroups failures = new FailedGroups(() -> nanos);

    @BeforeEach
    void listen() {
        LOG.addHandler(lines);
    }

    @AfterEach
    void listenNoMore() {
        LOG.removeHandler(lines);
    }

    @Test
    void saysOnceAMinuteHowManyFailedAndWithWhatStateAndNoMore() {
        failures.note(new SQLException("Key (scope, key)=(1, secret) already exists", "23505"));
        nanos = FailedGroups.SAY_AGAIN.toNanos() - 1;
        failures.note(new SQLException("one", "23505"));
        failures.note(new SQLException("two", "23505"));
        nanos++;
        failures.note(new SQLException("three", "57014"));

        assertThat(lines.said)
                .containsExactly(
                        "statements of several spends that failed since this was last said: 1, the last one with SQLSTATE 23505",
                        "statements of several spends that failed since this was last said: 3, the last one with SQLSTATE 57014");
    }

    private static final class Lines extends Handler {

        private final List<String> said = new ArrayList<>();

        @Override
        public void publish(LogRecord line) {
            said.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
