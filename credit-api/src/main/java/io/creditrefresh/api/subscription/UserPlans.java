package io.creditrefresh.api.subscription;

import io.creditrefresh.api.override.ChangeAnswer;
import io.creditrefresh.api.status.CreditStatus;
import io.creditrefresh.api.write.Writes;
import io.creditrefresh.ledger.command.Command;
import io.creditrefresh.ledger.command.Provisioning;
import io.creditrefresh.ledger.command.Provisioning.Wish;
import io.creditrefresh.ledger.command.Result;
import io.creditrefresh.ledger.command.Subscriptions;
import io.creditrefresh.ledger.command.Switches;
import jakarta.inject.Singleton;
import java.sql.SQLException;

/** Provisions, and changes plans. */
@Singleton
class UserPlans {

    private final Provisioning provisioning;
    private final Subscriptions subscriptions;
    private final UserSync sync;
    private final Writes writes;
    private final Switches switches;

    UserPlans(Provisioning provisioning, Subscriptions subscriptions, UserSync sync, Writes writes, Switches switches) {
        this.provisioning = provisioning;
        this.subscriptions = subscriptions;
        this.sync = sync;
        this.writes = writes;
        this.switches = switches;
    }

    /** Provisions, then takes in what the billing provider has told of this user, or tells when it is asked. */
    CreditStatus provision(Command command, Wish wish) throws SQLException {
        CreditStatus provisioned = writes.run(
                command, CreditStatus.class, this::status, answers -> provisioning.provision(command, wish, answers));
        if (wish.customer().isEmpty() && !sync.applyWaiting(command.userId())) {
            return provisioned;
        }
        return sync.sync(Command.of(command.userId(), command.cause())).status();
    }

    ChangeAnswer changePlan(Command command, String plan) throws SQLException {
        return writes.run(
                command,
                ChangeAnswer.class,
                result -> ChangeAnswer.of(command.dryRun(), result, status(result)),
                answers -> subscriptions.changePlan(command, plan, answers));
    }

    private CreditStatus status(Result result) {
        return CreditStatus.of(result.after(), !switches.refreshesByItself(), result.overdue(), result.at());
    }
}
