package io.creditrefresh.api.privacy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.store.ExportStore;
import io.creditrefresh.ledger.store.ExportStore.Row;
import io.creditrefresh.ledger.store.ExportStore.Section;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The export of one user, written while it is read: a page of rows is in memory, and no connection is held while a client
 * takes its time.
 */
final class ExportDocument implements StreamingOutput {

    private static final int PAGE = 500;

    private final DataSource database;
    private final ObjectMapper mapper;
    private final Head head;

    ExportDocument(DataSource database, ObjectMapper mapper, Head head) {
        this.database = database;
        this.mapper = mapper;
        this.head = head;
    }

    /** What comes first; of the accounts' entries, those are given that there were then. */
    record Head(Subscriber subscriber, @Nullable String email, Instant createdAt, Instant exportedAt) {}

    @Override
    public void write(OutputStream output) throws IOException {
        try (JsonGenerator json = mapper.getFactory().createGenerator(output)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
            json.writeStartObject();
            writeHead(json);
            for (Section section : Section.values()) {
                json.writeArrayFieldStart(section.name().toLowerCase(Locale.ROOT));
                if (section == Section.ENTRIES) {
                    for (Account account : head.subscriber().accounts()) {
                        writeRows(json, section, account.id(), account.version());
                    }
                } else {
                    writeRows(json, section, head.subscriber().id(), Long.MAX_VALUE);
                }
                json.writeEndArray();
            }
            json.writeBooleanField("complete", true);
            json.writeEndObject();
        } catch (SQLException e) {
            // The answer has begun: it ends here, and lacks its end.
            throw new IOException(e);
        }
    }

    private void writeHead(JsonGenerator json) throws IOException {
        Subscriber subscriber = head.subscriber();
        json.writeStringField("exportedAt", head.exportedAt().toString());
        json.writeStringField("userId", subscriber.userId());
        json.writeStringField("email", head.email());
        json.writeStringField("createdAt", head.createdAt().toString());
        json.writeStringField("plan", subscriber.plan());
        json.writeStringField("billingState", subscriber.billingState().code());
        json.writeBooleanField("hold", subscriber.onHold());
        json.writeObjectField("refreshDay", subscriber.refreshDay());
    }

    private void writeRows(JsonGenerator json, Section section, long ownerId, long lastKey)
            throws IOException, SQLException {
        long after = 0;
        List<Row> page;
        do {
            page = page(section, ownerId, after);
            for (Row row : page) {
                if (row.key() <= lastKey) {
                    json.writeRawValue(row.json());
                }
                after = row.key();
            }
        } while (page.size() == PAGE && after < lastKey);
    }

    private List<Row> page(Section section, long ownerId, long after) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return ExportStore.page(connection, section, ownerId, after, PAGE);
        }
    }
}
