package io.creditrefresh.worker.task;

import io.creditrefresh.ledger.settings.RefreshSettings;
import io.creditrefresh.ledger.store.DuePageStore;
import io.creditrefresh.worker.RefreshSwitch;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Refreshes due accounts page by page in the order of their ids; a page is a batch. */
@Singleton
class RefreshPages {

    private final DataSource database;
    private final CalledBatches batches;
    private final RefreshSwitch refreshing;
    private final RefreshSettings settings;
    private final InstantSource clock;

    RefreshPages(
            DataSource database,
            CalledBatches batches,
            RefreshSwitch refreshing,
            RefreshSettings settings,
            InstantSource clock) {
        this.database = database;
        this.batches = batches;
        this.refreshing = refreshing;
        this.settings = settings;
        this.clock = clock;
    }

    PageReport refresh(PageRequest request) throws SQLException {
        CallTime time = CallTime.begin(clock);
        PagePosition position = PagePosition.of(request.cursor(), time.started());
        if (!refreshing.readAnew()) {
            return report(time, position, Applied.NOTHING, request.cursor(), false, true);
        }
        int size = request.batchSize() == null ? settings.batchSize() : request.batchSize();
        DuePageStore.Page page = read(position, size);
        Applied applied = batches.apply(page.jobs());
        return report(
                time, position, applied, page.hasMore() ? position.next(page.reached()) : null, page.hasMore(), false);
    }

    private DuePageStore.Page read(PagePosition position, int size) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return DuePageStore.after(connection, position.afterAccountId(), position.dueBy(), size);
        }
    }

    private static PageReport report(
            CallTime time,
            PagePosition position,
            Applied applied,
            @Nullable String cursor,
            boolean hasMore,
            boolean paused) {
        return new PageReport(
                applied.processed(),
                applied.processed(),
                applied.refreshed(),
                applied.skipped(),
                applied.failed(),
                time.started(),
                time.now(),
                time.elapsed(),
                applied.errors(),
                position.batchNumber(),
                cursor,
                hasMore,
                paused);
    }
}
