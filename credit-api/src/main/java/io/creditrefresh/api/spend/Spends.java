package io.creditrefresh.api.spend;

import io.creditrefresh.api.write.Refusals;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.ledger.command.Outcome;
import io.creditrefresh.ledger.command.Spending;
import io.creditrefresh.ledger.command.Spending.Funds;
import io.creditrefresh.ledger.command.Spending.Spent;
import io.creditrefresh.ledger.command.Switches;
import io.creditrefresh.ledger.control.Subject;
import io.creditrefresh.ledger.movement.WriteRequest;
import io.creditrefresh.ledger.spend.SpendOrder;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.inject.Singleton;
import java.net.URI;
import java.sql.SQLException;
import java.util.Optional;

/** Spends, and tells what a spend would find. */
@Singleton
class Spends {

    private final Spending spending;
    private final Switches switches;
    private final SpentCredits spentCredits;
    private final Optional<URI> upgradeUrl;

    Spends(Spending spending, Switches switches, SpentCredits spentCredits, UpgradeSettings upgrade) {
        this.spending = spending;
        this.switches = switches;
        this.spentCredits = spentCredits;
        this.upgradeUrl = upgrade.url().map(URI::create);
    }

    /** Spends, or says with the problem {@code insufficient_credits} what is missing and when more comes. */
    ConsumeAnswer consume(String userId, ConsumeRequest request, String actor, WriteRequest once) throws SQLException {
        SpendOrder order = new SpendOrder(userId, request.amounts(), actor, request.details(), once);
        boolean isStopped = switches.controls().isStopped(Subject.SPENDING);
        Outcome<Spending.SpendResult> outcome = isStopped ? repeated(order) : spending.spend(order);
        Spending.SpendResult result = outcome.orElseThrow(Refusals::problem);
        if (result instanceof Spent spent) {
            if (!outcome.isRepeated()) {
                spentCredits.add(spent.parts());
            }
            return ConsumeAnswer.of(userId, spent);
        }
        throw insufficient(CheckAnswer.of(userId, (Funds) result, switches.refreshesByItself(), upgradeUrl));
    }

    /** What was spent stays spent, and is answered so; all else is refused. */
    private Outcome<Spending.SpendResult> repeated(SpendOrder order) throws SQLException {
        return spending.earlier(order).orElseThrow(ProblemCode.SPENDING_STOPPED::problem);
    }

    /** What a spend would find; nothing is written. */
    CheckAnswer check(String userId, ConsumeRequest request) throws SQLException {
        request.details();
        Funds found = spending.check(userId, request.amounts()).orElseThrow(Refusals::problem);
        return CheckAnswer.of(userId, found, switches.refreshesByItself(), upgradeUrl);
    }

    private static HttpProblem insufficient(CheckAnswer found) {
        HttpProblem.Builder problem = HttpProblem.builder(ProblemCode.INSUFFICIENT_CREDITS.problem());
        found.members().forEach(problem::with);
        return problem.build();
    }
}
