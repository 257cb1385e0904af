package io.creditrefresh.ledger.command;

import static io.creditrefresh.ledger.command.CommandLedger.DUE;
import static io.creditrefresh.ledger.command.CommandLedger.by;
import static io.creditrefresh.ledger.command.CommandLedger.request;
import static io.creditrefresh.ledger.command.CommandLedger.value;
import static io.creditrefresh.ledger.store.AccountFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.command.Provisioning.Wish;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProvisioningTest {

    private static final EntriesOnly RESULT = new EntriesOnly();

    private final CommandLedger ledger = new CommandLedger();
    private final Provisioning provisioning = new Provisioning(ledger.access);

    @Test
    void opensTheAccountWithThePlansAllowanceOnTheSchedule() throws SQLException {
        Result result = value(provisioning.provision(
                by("account-1"), new Wish("starter", "a@example.org", Optional.empty()), RESULT));

        assertThat(result.after().accounts()).hasSize(1);
        assertThat(result.after().accounts().get(0).refreshAt()).isEqualTo("2026-12-01T15:26:00Z");
        assertThat(ledger.entries("account-1")).containsExactly("credits PROVISION 5000");
        assertThat(ledger.database.query("SELECT email FROM subscriber")).isEqualTo("a@example.org");
    }

    @Test
    void appliesOnTheSamePlanWhatIsDueAndChangesNothingElse() throws SQLException {
        ledger.open(user("bob").holding(300, 0));
        ledger.now = DUE;

        provisioning.provision(by("bob"), new Wish("free", null, Optional.empty()), RESULT);

        assertThat(ledger.entries("bob")).containsExactly("credits IMPORT 300", "credits REFRESH 700");
    }

    @Test
    void changesThePlanOfOneWhoIsKnownAfterTheDueRefresh() throws SQLException {
        ledger.open(user("bob").holding(300, 0));
        ledger.now = DUE;

        provisioning.provision(by("bob"), new Wish("starter", null, Optional.empty()), RESULT);

        assertThat(ledger.entries("bob"))
                .containsExactly("credits IMPORT 300", "credits REFRESH 700", "credits UPGRADE 5000");
    }

    @Test
    void refusesAPlanThatIsNotInTheCatalogueAndOpensNothing() throws SQLException {
        Outcome<Result> outcome = provisioning.provision(by("bob"), new Wish("gold", null, Optional.empty()), RESULT);

        assertThat(outcome).isEqualTo(new Outcome.Refused<>(Refusal.UNKNOWN_PLAN));
        assertThat(ledger.database.count("SELECT count(*) FROM subscriber")).isZero();
    }

    @Test
    void opensOneAccountHoweverManyAskAtOnce() {
        AtOnce.run(16, client -> provisioned(by("bob")));

        assertThat(ledger.entries("bob")).containsExactly("credits PROVISION 5000");
    }

    @Test
    void answersAllWhoAskUnderOneKeyAlike() {
        Command command = by("bob").onceAs(Optional.of(request("k", 1)));

        List<Outcome<String>> outcomes = AtOnce.run(16, client -> provisioned(command));

        assertThat(outcomes.stream().filter(outcome -> outcome instanceof Outcome.Done<?> done && !done.repeated()))
                .hasSize(1);
        assertThat(ledger.database.count("SELECT count(*) FROM idempotency")).isEqualTo(1);
    }

    @Test
    void refusesAKeyThatOpenedAnother() throws SQLException {
        Command bob = by("bob").onceAs(Optional.of(request("k", 1)));
        Command eve = by("eve").onceAs(Optional.of(request("k", 2)));
        provisioned(bob);

        assertThat(provisioned(eve)).isEqualTo(new Outcome.Refused<>(Refusal.KEY_REUSED));
        assertThat(ledger.database.count("SELECT count(*) FROM subscriber")).isEqualTo(1);
    }

    private Outcome<String> provisioned(Command command) {
        try {
            return provisioning.provision(
                    command, new Wish("starter", null, Optional.empty()), new CommandLedger.Texts());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
