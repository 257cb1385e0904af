package io.creditrefresh.api.override;

import io.creditrefresh.api.status.CreditStatus;
import io.creditrefresh.api.write.Writes;
import io.creditrefresh.ledger.command.Command;
import io.creditrefresh.ledger.command.Overrides;
import io.creditrefresh.ledger.command.Result;
import io.creditrefresh.ledger.command.Switches;
import io.creditrefresh.ledger.plan.CreditKind;
import jakarta.inject.Singleton;
import java.sql.SQLException;

/** Refreshes, resets and adjusts by hand. */
@Singleton
class UserOverrides {

    private final Overrides overrides;
    private final Writes writes;
    private final Switches switches;

    UserOverrides(Overrides overrides, Writes writes, Switches switches) {
        this.overrides = overrides;
        this.writes = writes;
        this.switches = switches;
    }

    ChangeAnswer refresh(Command command) throws SQLException {
        return run(command, answers -> overrides.refresh(command, answers));
    }

    ChangeAnswer reset(Command command) throws SQLException {
        return run(command, answers -> overrides.reset(command, answers));
    }

    ChangeAnswer adjust(Command command, CreditKind kind, long credits) throws SQLException {
        return run(command, answers -> overrides.adjust(command, kind, credits, answers));
    }

    private ChangeAnswer run(Command command, Writes.UseCase<ChangeAnswer> useCase) throws SQLException {
        return writes.run(
                command,
                ChangeAnswer.class,
                result -> ChangeAnswer.of(command.dryRun(), result, status(result)),
                useCase);
    }

    private CreditStatus status(Result result) {
        return CreditStatus.of(result.after(), !switches.refreshesByItself(), result.overdue(), result.at());
    }
}
