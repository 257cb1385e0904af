package io.creditrefresh.local.bench;

import io.creditrefresh.local.Screen;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** Takes measurements one after the other and ends with all of their figures. */
public final class AllFigures {

    private final Screen screen;

    public AllFigures(Screen screen) {
        this.screen = screen;
    }

    /** Returns the exit status: 0 if everything was right, however fast it was. */
    public int take(List<? extends Measurement> measurements) throws SQLException, IOException, InterruptedException {
        var figures = new Figures();
        var sound = true;
        for (var measurement : measurements) {
            sound &= measurement.take(figures);
        }
        figures.missed().forEach(missed -> screen.line("  MISSED " + missed));
        screen.line(figures.json());
        return sound ? 0 : 1;
    }
}
