package io.creditrefresh.api.subscription;

import io.creditrefresh.api.billing.Inbox;
import io.creditrefresh.api.billing.ProviderAnswer;
import io.creditrefresh.api.billing.ProviderQuestions;
import io.creditrefresh.api.status.CreditStatus;
import io.creditrefresh.api.write.Writes;
import io.creditrefresh.ledger.command.BillingSync;
import io.creditrefresh.ledger.command.Command;
import io.creditrefresh.ledger.command.Switches;
import jakarta.inject.Singleton;
import java.sql.SQLException;

/** The safe sync of one user; it goes on without a billing provider that does not answer, and says so. */
@Singleton
class UserSync {

    private final Inbox inbox;
    private final ProviderQuestions provider;
    private final BillingSync sync;
    private final Writes writes;
    private final Switches switches;

    UserSync(Inbox inbox, ProviderQuestions provider, BillingSync sync, Writes writes, Switches switches) {
        this.inbox = inbox;
        this.provider = provider;
        this.sync = sync;
        this.writes = writes;
        this.switches = switches;
    }

    /** Applies the billing events that have waited for a user; false if there was none. */
    boolean applyWaiting(String userId) throws SQLException {
        return inbox.applyWaiting(userId) > 0;
    }

    SyncAnswer sync(Command command) throws SQLException {
        applyWaiting(command.userId());
        ProviderAnswer answer = provider.about(command.userId());
        return writes.run(
                command,
                SyncAnswer.class,
                result -> SyncAnswer.of(
                        answer.kind(),
                        result,
                        CreditStatus.of(result.after(), !switches.refreshesByItself(), result.overdue(), result.at())),
                answers -> sync.sync(command, answer.snapshots(), answers));
    }
}
