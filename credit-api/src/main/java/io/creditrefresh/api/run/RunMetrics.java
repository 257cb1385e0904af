package io.creditrefresh.api.run;

import io.creditrefresh.ledger.run.RunNumbers;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.function.ToDoubleFunction;

/** Today's run as gauges, from the snapshot that all requests share; every instance of the API shows the same. */
@Singleton
@Startup
class RunMetrics {

    private final RunSnapshots snapshots;

    RunMetrics(RunSnapshots snapshots, MeterRegistry registry) {
        this.snapshots = snapshots;
        accounts(registry, "refreshed", RunNumbers::refreshed);
        accounts(registry, "retrying", RunNumbers::retrying);
        accounts(registry, "failed", RunNumbers::failed);
        accounts(registry, "pending", RunNumbers::pending);
        accounts(registry, "held", RunNumbers::held);
        Gauge.builder(
                        "credit.refresh.planned",
                        this,
                        metrics -> metrics.today(run -> run.planned().orElse(0)))
                .description("Accounts that today's run was opened with; 0 until it is opened")
                .register(registry);
    }

    private void accounts(MeterRegistry registry, String state, ToDoubleFunction<RunNumbers> number) {
        Gauge.builder("credit.refresh.accounts", this, metrics -> metrics.today(number))
                .description("Accounts of today's run by where they stand")
                .tag("state", state)
                .register(registry);
    }

    /** Not a number while there is no young snapshot: old numbers would say that all goes on. */
    private double today(ToDoubleFunction<RunNumbers> number) {
        return snapshots
                .young()
                .map(snapshot -> number.applyAsDouble(snapshot.today()))
                .orElse(Double.NaN);
    }
}
