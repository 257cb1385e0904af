package io.creditrefresh.api.subscription;

import io.creditrefresh.api.status.CreditStatus;
import io.creditrefresh.api.write.MovementLog;
import io.creditrefresh.api.write.Refusals;
import io.creditrefresh.api.write.Writes;
import io.creditrefresh.api.write.WrittenEntry;
import io.creditrefresh.ledger.command.Answers;
import io.creditrefresh.ledger.command.Command;
import io.creditrefresh.ledger.command.Outcome;
import io.creditrefresh.ledger.command.Overrides;
import io.creditrefresh.ledger.command.Provisioning;
import io.creditrefresh.ledger.command.Result;
import io.creditrefresh.ledger.command.Subscriptions;
import io.creditrefresh.ledger.settings.RefreshSettings;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Provisions, changes plans, and grants what plans owe. */
@Singleton
class UserPlans {

    private final Provisioning provisioning;
    private final Subscriptions subscriptions;
    private final Overrides overrides;
    private final Writes writes;
    private final RefreshSettings refresh;

    UserPlans(
            Provisioning provisioning,
            Subscriptions subscriptions,
            Overrides overrides,
            Writes writes,
            RefreshSettings refresh) {
        this.provisioning = provisioning;
        this.subscriptions = subscriptions;
        this.overrides = overrides;
        this.writes = writes;
        this.refresh = refresh;
    }

    CreditStatus provision(Command command, String plan, @Nullable String email) throws SQLException {
        return logged(
                CreditStatus.class,
                this::status,
                answers -> provisioning.provision(command, plan, email, answers),
                command.dryRun());
    }

    PlanChangeAnswer changePlan(Command command, String plan) throws SQLException {
        return logged(
                PlanChangeAnswer.class,
                result -> new PlanChangeAnswer(
                        command.dryRun(),
                        result.entries().stream().map(WrittenEntry::of).toList(),
                        status(result)),
                answers -> subscriptions.changePlan(command, plan, answers),
                command.dryRun());
    }

    SyncAnswer sync(Command command) throws SQLException {
        return logged(
                SyncAnswer.class,
                result -> SyncAnswer.of(result, status(result)),
                answers -> overrides.sync(command, answers),
                command.dryRun());
    }

    private interface UseCase<T> {
        Outcome<T> run(Answers<T> answers) throws SQLException;
    }

    /** Runs a use case and, once it is committed, says what it has done. */
    private <T> T logged(Class<T> type, Function<Result, T> make, UseCase<T> useCase, boolean dryRun)
            throws SQLException {
        AtomicReference<@Nullable Result> written = new AtomicReference<>();
        Outcome<T> outcome = useCase.run(writes.answers(type, result -> {
            written.set(result);
            return make.apply(result);
        }));
        Result result = written.get();
        if (result != null && !dryRun && outcome instanceof Outcome.Done<T>) {
            MovementLog.log(result);
        }
        return outcome.orElseThrow(Refusals::problem);
    }

    private CreditStatus status(Result result) {
        return CreditStatus.of(result.after(), !refresh.refreshesByItself(), result.overdue(), result.at());
    }
}
