package io.creditrefresh.api.verification;

import io.creditrefresh.api.override.ChangeAnswer;
import io.creditrefresh.api.status.CreditStatus;
import io.creditrefresh.api.write.Writes;
import io.creditrefresh.ledger.command.BillingSync;
import io.creditrefresh.ledger.command.Command;
import io.creditrefresh.ledger.command.Switches;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;

/** Grants what is owed by the test of the safe sync, which is the test that findings of this kind are found by. */
@Singleton
class OwedGrants {

    private final BillingSync sync;
    private final Writes writes;
    private final Switches switches;

    OwedGrants(BillingSync sync, Writes writes, Switches switches) {
        this.sync = sync;
        this.writes = writes;
        this.switches = switches;
    }

    /** Nothing, if nothing is owed any more. */
    ChangeAnswer grant(Command command) throws SQLException {
        return writes.run(
                command,
                ChangeAnswer.class,
                result -> ChangeAnswer.of(
                        command.dryRun(),
                        result,
                        CreditStatus.of(result.after(), !switches.refreshesByItself(), result.overdue(), result.at())),
                answers -> sync.sync(command, List.of(), answers));
    }
}
