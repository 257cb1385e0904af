package io.creditrefresh.api.privacy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditrefresh.api.user.UserRow;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.command.ExportPreparation;
import io.creditrefresh.ledger.movement.Deed;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.InstantSource;
import javax.sql.DataSource;

/** Hands out what is kept of users, and has the audit note it. */
@Singleton
class Exports {

    private final ExportPreparation preparation;
    private final DataSource database;
    private final ObjectMapper mapper;
    private final InstantSource clock;

    Exports(ExportPreparation preparation, DataSource database, ObjectMapper mapper, InstantSource clock) {
        this.preparation = preparation;
        this.database = database;
        this.mapper = mapper;
        this.clock = clock;
    }

    /** The export of a user, noted but not yet read, or the problem {@code user_not_found}. */
    ExportDocument of(String userId, Deed deed) throws SQLException {
        Subscriber subscriber = preparation.prepare(userId, deed).orElseThrow(ProblemCode.USER_NOT_FOUND::problem);
        UserRow row = UserRow.<UserRow>findById(subscriber.id());
        return new ExportDocument(
                database, mapper, new ExportDocument.Head(subscriber, row.email, row.createdAt, clock.instant()));
    }
}
