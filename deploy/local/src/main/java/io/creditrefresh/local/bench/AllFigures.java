package io.creditrefresh.local.bench;

import io.creditrefresh.local.Screen;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes measurements one after the other and ends with all of their figures. */
public final class AllFigures {

    private static final Logger LOG = LoggerFactory.getLogger(AllFigures.class);

    private final Screen screen;

    public AllFigures(Screen screen) {
        this.screen = screen;
    }

    /** Returns the exit status: 0 if everything was right, however fast it was. */
    public int take(List<? extends Measurement> measurements) throws InterruptedException {
        var figures = new Figures();
        var sound = true;
        for (var measurement : measurements) {
            sound &= take(measurement, figures);
        }
        figures.missed().forEach(missed -> screen.line("  MISSED " + missed));
        screen.line(figures.json());
        return sound ? 0 : 1;
    }

    /** One that fails must not lose what the others have measured, perhaps for an hour. */
    private boolean take(Measurement measurement, Figures figures) throws InterruptedException {
        try {
            return measurement.take(figures);
        } catch (SQLException | IOException | RuntimeException e) {
            LOG.error("not measured", e);
            screen.line("  WRONG " + e.getMessage());
            return false;
        }
    }
}
