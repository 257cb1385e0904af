package io.creditrefresh.api.override;

import io.creditrefresh.api.status.CreditStatus;
import io.creditrefresh.api.write.Writes;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.command.Command;
import io.creditrefresh.ledger.command.SettingsWish;
import io.creditrefresh.ledger.command.Subscriptions;
import io.creditrefresh.ledger.command.Switches;
import io.creditrefresh.ledger.store.SubscriberStore;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads and changes the settings of single users. */
@Singleton
class UserSettings {

    private final Subscriptions subscriptions;
    private final Writes writes;
    private final Switches switches;
    private final DataSource database;

    UserSettings(Subscriptions subscriptions, Writes writes, Switches switches, DataSource database) {
        this.subscriptions = subscriptions;
        this.writes = writes;
        this.switches = switches;
        this.database = database;
    }

    /**
     * What a change has done.
     *
     * @param tag of the settings as they are after it, or would be
     */
    record Changed(String tag, ChangeAnswer answer) {}

    /** The settings of a user, or the problem {@code user_not_found}. */
    RefreshSettingsAnswer find(String userId) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Subscriber subscriber =
                    SubscriberStore.find(connection, userId).orElseThrow(ProblemCode.USER_NOT_FOUND::problem);
            return RefreshSettingsAnswer.of(subscriber);
        }
    }

    Changed change(Command command, SettingsWish wish, @Nullable String ifMatch) throws SQLException {
        return writes.run(
                command,
                Changed.class,
                result -> new Changed(
                        RefreshSettingsAnswer.of(result.after()).tag(),
                        ChangeAnswer.of(
                                command.dryRun(),
                                result,
                                CreditStatus.of(
                                        result.after(), !switches.refreshesByItself(), result.overdue(), result.at()))),
                answers -> subscriptions.changeSettings(
                        command,
                        wish,
                        subscriber -> EntityTag.matches(
                                ifMatch, RefreshSettingsAnswer.of(subscriber).tag()),
                        answers));
    }
}
