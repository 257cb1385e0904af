package io.creditrefresh.api.control;

import io.creditrefresh.ledger.control.Controls;
import io.creditrefresh.ledger.control.Halt;
import io.creditrefresh.ledger.control.Subject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What operators have stopped; within two seconds every instance knows.
 *
 * @param refreshPaused whether nobody refreshes by himself, whoever has seen to that
 * @param refreshing what an operator has done; null if it goes on as far as operators are concerned
 * @param spending likewise
 */
record ControlsAnswer(
        boolean refreshPaused,
        @Nullable Stopped refreshing,
        boolean spendingStopped,
        @Nullable Stopped spending) {

    /**
     * By whom, since when, and why.
     *
     * @param note null if none was given
     */
    record Stopped(@Nullable String note, String by, Instant since) {

        static @Nullable Stopped of(@Nullable Halt halt) {
            return halt == null ? null : new Stopped(halt.note(), halt.by(), halt.since());
        }
    }

    static ControlsAnswer of(Controls controls, boolean offByItself) {
        return new ControlsAnswer(
                offByItself || controls.isStopped(Subject.REFRESHING),
                Stopped.of(controls.halt(Subject.REFRESHING).orElse(null)),
                controls.isStopped(Subject.SPENDING),
                Stopped.of(controls.halt(Subject.SPENDING).orElse(null)));
    }
}
