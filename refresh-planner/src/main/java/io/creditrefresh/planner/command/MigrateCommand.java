package io.creditrefresh.planner.command;

import io.creditrefresh.ledger.migration.Migration;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.flywaydb.core.api.FlywayException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Brings the schema up to date. */
@Command(
        name = "migrate",
        description = {
            "Creates the schema, or brings it up to date; running it again changes nothing.",
            "Connects as credit_owner unless QUARKUS_DATASOURCE_USERNAME names another role."
        })
final class MigrateCommand implements Callable<Integer> {

    private static final String ROLE = "credit_owner";

    private final Supplier<OperatorSettings> settings;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    MigrateCommand(Supplier<OperatorSettings> settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() {
        OperatorDatabase database = new OperatorDatabase(settings.get(), "migrate", ROLE);
        database.check();
        int applied = migrate(database);
        spec.commandLine()
                .getOut()
                .println(
                        applied == 0
                                ? "The schema is up to date."
                                : "Applied " + applied + (applied == 1 ? " migration." : " migrations."));
        return ExitCode.OK;
    }

    private static int migrate(OperatorDatabase database) {
        try {
            return Migration.migrate(database.source());
        } catch (FlywayException e) {
            String reason = e.getCause() instanceof SQLException sql ? database.reason(sql) : e.getMessage();
            throw new CommandFailedException("cannot migrate " + database + ": " + reason);
        }
    }
}
