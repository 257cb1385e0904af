package io.creditrefresh.api.spend;

import io.creditrefresh.api.write.Bodies;
import io.creditrefresh.api.write.Refusals;
import io.creditrefresh.api.write.Writes;
import io.creditrefresh.ledger.command.Command;
import io.creditrefresh.ledger.command.Refunds;
import io.creditrefresh.ledger.movement.Cause;
import io.creditrefresh.ledger.movement.WriteRequest;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Optional;

/** Gives spends back. */
@Singleton
class Refunding {

    private final Refunds refunds;
    private final Writes writes;

    Refunding(Refunds refunds, Writes writes) {
        this.refunds = refunds;
        this.writes = writes;
    }

    RefundAnswer refund(String userId, RefundRequest request, String actor, WriteRequest once) throws SQLException {
        String spendKey = Writes.allowed(Bodies.present(request.idempotencyKey(), "idempotencyKey"), "idempotencyKey");
        Command command = Command.of(userId, new Cause(actor, null)).onceAs(Optional.of(once));
        return refunds.refund(command, spendKey, writes.answers(RefundAnswer.class, RefundAnswer::of))
                .orElseThrow(Refusals::problem);
    }
}
