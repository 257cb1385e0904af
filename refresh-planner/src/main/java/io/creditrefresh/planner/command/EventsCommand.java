package io.creditrefresh.planner.command;

import io.creditrefresh.ledger.store.EventSwitch;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Switches the outgoing events on and off. */
@Command(
        name = "events",
        description = {
            "Says whether what happens to credits becomes events on the topic credit.events, and switches it on or off, for"
                    + " all services at once. Off is the default, and costs nothing.",
            "Switched off, what waits to be sent still is. Switched on again, it goes on with what happens from then on.",
            "Connects as credit_owner unless QUARKUS_DATASOURCE_USERNAME names another role."
        })
final class EventsCommand implements Callable<Integer> {

    private static final String ROLE = "credit_owner";

    // Each waits for a moment, in which those wait who write credits; between two, they go on.
    private static final int ATTEMPTS = 5;
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** What is wanted. */
    private enum State {
        ON,
        OFF
    }

    private final Supplier<OperatorSettings> settings;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "on|off",
            description = "What is wanted; without it, the command only says how it is.")
    @SuppressWarnings("unused")
    private @Nullable State wanted;

    @Option(
            names = "--low-percent",
            paramLabel = "N",
            defaultValue = "20",
            description = "A balance is low at so many percent of what the account was granted in its period, 0 to 99;"
                    + " 0: there is no low balance. Default: ${DEFAULT-VALUE}.")
    private int lowPercent;

    EventsCommand(Supplier<OperatorSettings> settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() {
        if (lowPercent < 0 || lowPercent > 99) {
            throw new ParameterException(spec.commandLine(), "--low-percent: allowed: 0 to 99");
        }
        OperatorDatabase database = new OperatorDatabase(settings.get(), "events", ROLE);
        database.check();
        try (Connection connection = database.source().getConnection()) {
            connection.setAutoCommit(false);
            for (int made = 1; !isChanged(connection); made++) {
                if (made == ATTEMPTS) {
                    throw new CommandFailedException("cannot switch events of " + database
                            + ": the ledger is in use by something that takes long; try again");
                }
            }
            say(EventSwitch.lowPercent(connection));
            connection.commit();
        } catch (SQLException e) {
            throw new CommandFailedException("cannot switch events of " + database + ": " + database.reason(e));
        }
        return ExitCode.OK;
    }

    /** Whether it is as wanted; if not, somebody was in the way. */
    private boolean isChanged(Connection connection) throws SQLException {
        try {
            if (wanted == State.ON) {
                EventSwitch.on(connection, lowPercent);
            } else if (wanted == State.OFF) {
                EventSwitch.off(connection);
            }
            return true;
        } catch (SQLException e) {
            connection.rollback();
            if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    private void say(OptionalInt low) {
        spec.commandLine()
                .getOut()
                .println(
                        low.isPresent()
                                ? "Events are on; a balance is low at " + low.getAsInt() + " %."
                                : "Events are off.");
    }
}
