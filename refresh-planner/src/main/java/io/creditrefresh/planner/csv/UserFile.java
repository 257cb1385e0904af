package io.creditrefresh.planner.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.StringArrayHandler;
import io.creditrefresh.ledger.imports.ImportedUser;
import io.creditrefresh.ledger.plan.Catalogue;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file of the old user table, read row by row: RFC 4180, but one line is one row, so that a quote which is never
 * closed costs one row and not the rest of the file. Blank lines are no rows.
 */
public final class UserFile implements Closeable {

    private static final CsvReader.CsvReaderBuilder CSV = CsvReader.builder().allowUnclosedQuote(false);

    private static final String QUOTES = "has quotes that do not match; a value with a quote in it is in quotes itself"
            + " and has that quote twice, and no value has a line break";

    private final InputStream in;
    private final CsvLines lines;
    private final UserHeader header;

    /**
     * Reads the header of a file.
     *
     * @param in closed with this
     */
    public UserFile(InputStream in) throws IOException, WrongHeaderException {
        this.in = in;
        this.lines = new CsvLines(in);
        this.header = readHeader();
    }

    /**
     * The next row; null after the last one.
     *
     * @param catalogue tells which plans there are
     * @param now no user was refreshed after it
     */
    public @Nullable UserRow next(Catalogue catalogue, Instant now) throws IOException {
        CsvLine line = nextLine();
        if (line == null) {
            return null;
        }
        if (line instanceof CsvLine.Unreadable unreadable) {
            return UserRow.unreadable(unreadable.number(), unreadable.reason());
        }
        return row((CsvLine.Text) line, catalogue, now);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private UserHeader readHeader() throws IOException, WrongHeaderException {
        CsvLine line = nextLine();
        if (line == null) {
            throw new WrongHeaderException("is missing: the file is empty");
        }
        if (line instanceof CsvLine.Unreadable unreadable) {
            throw new WrongHeaderException(unreadable.reason());
        }
        try {
            return new UserHeader(fields(((CsvLine.Text) line).text()));
        } catch (BadTextException e) {
            throw new WrongHeaderException(e.reason());
        }
    }

    private @Nullable CsvLine nextLine() throws IOException {
        CsvLine line;
        do {
            line = lines.next();
        } while (line instanceof CsvLine.Text text && text.text().isBlank());
        return line;
    }

    private UserRow row(CsvLine.Text line, Catalogue catalogue, Instant now) {
        List<String> fields;
        try {
            fields = fields(line.text());
        } catch (BadTextException e) {
            return UserRow.unreadable(line.number(), e.reason());
        }
        if (fields.size() != header.size()) {
            return UserRow.unreadable(
                    line.number(), "has %d fields instead of %d".formatted(fields.size(), header.size()));
        }
        return new Values(fields).row(line.number(), catalogue, now);
    }

    private static List<String> fields(String line) throws BadTextException {
        if (line.indexOf('\r') >= 0) {
            throw new BadTextException("has a carriage return inside; lines end with LF or CRLF");
        }
        if (hasQuoteInsidePlainValue(line)) {
            throw new BadTextException(QUOTES);
        }
        try {
            return List.of(CSV.ofSingleCsvRecord(StringArrayHandler.of(), line));
        } catch (CsvParseException e) {
            throw new BadTextException(QUOTES);
        }
    }

    /**
     * Whether a quote stands in a value that does not begin with one: against RFC 4180, and what the rest of a value
     * with a line break looks like. Taken for a row, that rest would become a user.
     */
    private static boolean hasQuoteInsidePlainValue(String line) {
        boolean inQuotes = false;
        for (int i = line.indexOf('"'); i >= 0; i = line.indexOf('"', i + 1)) {
            boolean mayOpen = i == 0 || line.charAt(i - 1) == ',' || line.charAt(i - 1) == '"';
            if (!inQuotes && !mayOpen) {
                return true;
            }
            inQuotes = !inQuotes;
        }
        return false;
    }

    /** Reads the values of one line, the bad ones too. */
    private final class Values {

        private final List<String> fields;
        private final List<BadValue> bad = new ArrayList<>();

        Values(List<String> fields) {
            this.fields = fields;
        }

        UserRow row(long line, Catalogue catalogue, Instant now) {
            String userId = value(UserColumn.USER_ID, UserValues::userId);
            String email = value(UserColumn.EMAIL, UserValues::email);
            String plan = value(UserColumn.TIER, text -> UserValues.plan(text, catalogue));
            Long balance = value(UserColumn.CREDIT_BALANCE, UserValues::credits);
            Instant lastRefresh = value(UserColumn.LAST_CREDIT_REFRESH, text -> UserValues.lastRefresh(text, now));
            Boolean hold = value(UserColumn.CREDIT_REFRESH_HOLD, UserValues::hold);
            Integer refreshDay = value(UserColumn.CREDIT_REFRESH_DAY, UserValues::refreshDay);
            Long customAllowance = value(UserColumn.CUSTOM_CREDIT_AMOUNT, UserValues::creditsOrNone);
            if (!bad.isEmpty()) {
                return new UserRow(line, userId, null, bad);
            }
            ImportedUser user = new ImportedUser(
                    Objects.requireNonNull(userId),
                    email,
                    Objects.requireNonNull(plan),
                    Objects.requireNonNull(balance),
                    lastRefresh,
                    Objects.requireNonNull(hold),
                    refreshDay,
                    customAllowance);
            return new UserRow(line, userId, user, bad);
        }

        /** Null if the value is absent or bad. */
        private <T> @Nullable T value(UserColumn column, Meaning<T> meaning) {
            try {
                return meaning.of(header.field(column, fields));
            } catch (BadTextException e) {
                bad.add(BadValue.of(column, e.reason()));
                return null;
            }
        }
    }

    private interface Meaning<T> {

        @Nullable
        T of(String text) throws BadTextException;
    }
}
