package io.creditrefresh.api.spend;

import io.creditrefresh.ledger.command.Spending.Spent;
import io.creditrefresh.ledger.spend.SpentPart;
import java.time.Instant;
import java.util.List;

/**
 * What was spent.
 *
 * @param charges by account
 * @param spentAt by the service's clock
 * @param refreshOverdue a refresh is due and could not be applied; it was spent from the old balance
 */
public record ConsumeAnswer(String userId, List<Charge> charges, Instant spentAt, boolean refreshOverdue) {

    static ConsumeAnswer of(String userId, Spent spent) {
        return new ConsumeAnswer(
                userId,
                spent.parts().stream().map(Charge::of).toList(),
                spent.parts().get(0).at(),
                spent.parts().stream().anyMatch(SpentPart::refreshOverdue));
    }
}
