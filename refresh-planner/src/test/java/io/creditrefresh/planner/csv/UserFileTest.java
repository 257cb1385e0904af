package io.creditrefresh.planner.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrefresh.ledger.imports.ImportedUser;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.plan.PlanAllowance;
import io.creditrefresh.ledger.plan.Rollover;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserFileTest {

    private static final String HEADER =
            "userId,email,tier,creditBalance,lastCreditRefresh,creditRefreshHold,creditRefreshDay,customCreditAmount\n";
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Catalogue CATALOGUE = new Catalogue(List.of(
            new PlanAllowance("free", CreditKind.CREDITS, Instant.MIN, 1_000, Rollover.NONE),
            new PlanAllowance("pro", CreditKind.CREDITS, Instant.MIN, 20_000, Rollover.NONE),
            new PlanAllowance("roaster", CreditKind.ROAST, Instant.MIN, 10, Rollover.NONE)));

    @Test
    void readsEveryColumn() throws Exception {
        assertThat(rows(HEADER + "a-1,a@example.com,Pro,42,2026-11-01T10:11:12.9Z,TRUE,31,7\n"))
                .containsExactly(new UserRow(
                        2,
                        "a-1",
                        new ImportedUser(
                                "a-1", "a@example.com", "pro", 42, Instant.parse("2026-11-01T10:11:12Z"), true, 31, 7L),
                        List.of()));
    }

    @Test
    void leavesAbsentValuesOut() throws Exception {
        assertThat(user("a-1,,free,0,,,,"))
                .isEqualTo(new ImportedUser("a-1", null, "free", 0, null, false, null, null));
    }

    @Test
    void takesTheColumnsInAnyOrder() throws Exception {
        String file = "tier,userId,customCreditAmount,creditBalance,email,creditRefreshDay,creditRefreshHold,"
                + "lastCreditRefresh\nfree,a-1,5,9,,1,f,\n";

        assertThat(rows(file).get(0).user()).isEqualTo(new ImportedUser("a-1", null, "free", 9, null, false, 1, 5L));
    }

    @Test
    void readsAFileAsASpreadsheetWritesIt() throws Exception {
        String file =
                "\uFEFF" + HEADER.replace("\n", "\r\n") + "\"a, \"\"the\"\" first\",\"\",free,\" 7 \",,,,\r\n\r\n";

        List<UserRow> rows = rows(file);

        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).user())
                .isEqualTo(new ImportedUser("a, \"the\" first", null, "free", 7, null, false, null, null));
    }

    @Test
    void countsTheLinesThatItSkips() throws Exception {
        List<UserRow> rows = rows(HEADER + "\na,,free,1,,,,\n   \n\nb,,free,1,,,,");

        assertThat(rows).extracting(UserRow::line).containsExactly(3L, 6L);
    }

    @ParameterizedTest
    @CsvSource({"128, x", "128, \uD83C\uDF55", "1, \u00e9"})
    void takesUserIdsOf1To128CharactersOfAnyAlphabet(int count, String character) throws Exception {
        String userId = character.repeat(count);

        assertThat(user(userId + ",,free,1,,,,").userId()).isEqualTo(userId);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "True", "1", "t", "T"})
    void readsAHold(String hold) throws Exception {
        assertThat(user("a,,free,1,," + hold + ",,").onHold()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "false", "FALSE", "0", "f"})
    void readsNoHold(String hold) throws Exception {
        assertThat(user("a,,free,1,," + hold + ",,").onHold()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "00012", "+5", "1000000000000000"})
    void readsWholeNumbersOfCredits(String credits) throws Exception {
        assertThat(user("a,,free," + credits + ",,,," + credits).balance()).isEqualTo(Long.parseLong(credits));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ",,free,1,,,,            | userId: is missing",
                "\"  \",,free,1,,,,      | userId: is blank",
                "anonymised-0f5c2f6e-1111-4222-8333-444455556666,,free,1,,,, | userId:"
                        + " \"anonymised-0f5c2f6e-1111-4222-8333-44445...\" is what users are called who were anonymised",
                "\" a\",,free,1,,,,      | userId: \" a\" has white space at its start or end",
                "a\u00a0,,free,1,,,,     | userId: \"a\u00a0\" has white space at its start or end",
                "\uFEFFa,,free,1,,,,     | userId: \"\\ufeffa\" has white space at its start or end",
                "a\u0007b,,free,1,,,,    | userId: \"a\\u0007b\" has a control character",
                "a,a\u0000@b,free,1,,,,  | email: \"a\\u0000@b\" has a control character",
                "a,,gold,1,,,,           | tier: \"gold\" is not a plan; allowed: free, pro",
                "a,,roaster,1,,,,        | tier: \"roaster\" is not a plan; allowed: free, pro",
                "a,,,1,,,,               | tier: is missing; allowed: free, pro",
                "a,,free,,,,,            | creditBalance: is missing; allowed: 0 to 1000000000000000",
                "a,,free,-1,,,,          | creditBalance: \"-1\" is negative; allowed: 0 to 1000000000000000",
                "a,,free,1.5,,,,         | creditBalance: \"1.5\" has decimals; allowed: 0 to 1000000000000000",
                "a,,free,1.0,,,,         | creditBalance: \"1.0\" has decimals; allowed: 0 to 1000000000000000",
                "a,,free,1e3,,,,         | creditBalance: \"1e3\" is not a whole number; allowed: 0 to 1000000000000000",
                "a,,free,\u0663,,,,      | creditBalance: \"\u0663\" is not a whole number; allowed: 0 to 1000000000000000",
                "a,,free,1000000000000001,,,, | creditBalance: \"1000000000000001\" is too many; allowed: 0 to 1000000000000000",
                "a,,free,9223372036854775808,,,, | creditBalance: \"9223372036854775808\" is beyond a 64-bit number; allowed: 0 to 1000000000000000",
                "a,,free,1,soon,,,       | lastCreditRefresh: \"soon\" is not a time; allowed: 2026-01-31T23:59:59Z, 2026-01-31 23:59:59.000 +00:00, without a zone (UTC), or a date",
                "a,,free,1,2026-11-20T12:00:01Z,,, | lastCreditRefresh: \"2026-11-20T12:00:01Z\" is in the future; now is 2026-11-20T12:00:00Z",
                "a,,free,1,1999-12-31,,, | lastCreditRefresh: \"1999-12-31\" is before the year 2000",
                "a,,free,1,,yes,,        | creditRefreshHold: \"yes\" is not a yes or no; allowed: true, false, t, f, 1, 0 or nothing",
                "a,,free,1,,,0,          | creditRefreshDay: \"0\" is not a day of a month; allowed: 1 to 31 or nothing",
                "a,,free,1,,,32,         | creditRefreshDay: \"32\" is not a day of a month; allowed: 1 to 31 or nothing",
                "a,,free,1,,,,x          | customCreditAmount: \"x\" is not a whole number; allowed: 0 to 1000000000000000",
                "a,,free,1,,,            | line: has 7 fields instead of 8",
                "a,,free,1,,,,,          | line: has 9 fields instead of 8"
            })
    void saysWhatIsWrongWithAValue(String line, String problem) throws Exception {
        assertThat(problems(line)).containsExactly(problem);
    }

    @Test
    void namesEveryBadValueOfARow() throws Exception {
        assertThat(problems(",,gold,-1,soon,yes,32,x"))
                .extracting(problem -> problem.replaceFirst(":.*", ""))
                .containsExactly(
                        "userId",
                        "tier",
                        "creditBalance",
                        "lastCreditRefresh",
                        "creditRefreshHold",
                        "creditRefreshDay",
                        "customCreditAmount");
    }

    @Test
    void shortensLongValuesByWholeCharacters() throws Exception {
        assertThat(problems("\uD83C\uDF55".repeat(129) + ",,free,1,,,,"))
                .containsExactly(
                        "userId: \"" + "\uD83C\uDF55".repeat(40) + "...\" has 129 characters; allowed: at most 128");
        assertThat(problems("a," + "e".repeat(321) + ",free,1,,,,"))
                .containsExactly("email: \"" + "e".repeat(40) + "...\" has 321 characters; allowed: at most 320");
        assertThat(problems("a,,free," + "9".repeat(60_000) + ",,,,")).hasSize(1);
    }

    @Test
    void losesOneRowPerLineOfAValueWithALineBreakAndGoesOn() throws Exception {
        List<UserRow> rows = rows(HEADER + "\"a\nb\",,free,1,,,,\nc,,free,1,,,,\n\"d,,free,1,,,,\ne,,free,1,,,,\n");

        assertThat(rows)
                .filteredOn(row -> row.user() == null)
                .extracting(UserRow::line)
                .containsExactly(2L, 3L, 5L);
        assertThat(rows)
                .filteredOn(row -> row.user() != null)
                .extracting(UserRow::userId)
                .containsExactly("c", "e");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"a,,free,1,,,,",
                "a\",,free,1,,,,",
                "a\"b\"c,,free,1,,,,",
                "\"a\"b,,free,1,,,,",
                "\"a\" ,,free,1,,,,",
                " \"a\",,free,1,,,,",
                "a,\"b\"\",free,1,,,,"
            })
    void refusesQuotesThatDoNotMatch(String line) throws Exception {
        assertThat(problems(line)).singleElement().asString().startsWith("line: has quotes that do not match; ");
    }

    @Test
    void refusesACarriageReturnInsideALine() throws Exception {
        assertThat(problems("a\rb,,free,1,,,,"))
                .containsExactly("line: has a carriage return inside; lines end with LF or CRLF");
    }

    @Test
    void knowsWhoseRowIsBad() throws Exception {
        UserRow row = rows(HEADER + "a-1,,gold,1,,,,").get(0);

        assertThat(row.userId()).isEqualTo("a-1");
        assertThat(row.user()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "userId,tier,creditBalance                   | the header lacks email, lastCreditRefresh, creditRefreshHold, creditRefreshDay, customCreditAmount",
                "%s,plan                                     | the header has the unknown \"plan\"",
                "%s,                                         | the header has the unknown column 9 without a name",
                "%s,email,email                              | the header has more than once email",
                "userid;email;tier                           | the header lacks userId, email, tier, creditBalance, lastCreditRefresh, creditRefreshHold, creditRefreshDay, customCreditAmount; has the unknown \"userid;email;tier\"",
                "\"userId                                    | the header has quotes that do not match"
            })
    void refusesAnotherHeader(String header, String problem) {
        String file = header.formatted(HEADER.strip()) + "\na,,free,1,,,,\n";

        assertThatThrownBy(() -> rows(file))
                .isInstanceOf(WrongHeaderException.class)
                .hasMessageStartingWith(problem)
                .hasMessageEndingWith("expected, in any order: " + HEADER.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF", "\n\n", "\r\n"})
    void refusesAnEmptyFile(String file) {
        assertThatThrownBy(() -> rows(file))
                .isInstanceOf(WrongHeaderException.class)
                .hasMessageStartingWith("the header is missing: the file is empty");
    }

    @Test
    void refusesAFileThatIsNotText() {
        byte[] utf16 = HEADER.getBytes(StandardCharsets.UTF_16);
        byte[] zip = {'P', 'K', 3, 4, (byte) 0x80, (byte) 0xFF};

        assertThatThrownBy(() -> rows(utf16))
                .isInstanceOf(WrongHeaderException.class)
                .hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> rows(zip))
                .isInstanceOf(WrongHeaderException.class)
                .hasMessageContaining("UTF-8");
    }

    private static ImportedUser user(String line) throws Exception {
        ImportedUser user = rows(HEADER + line).get(0).user();
        assertThat(user).isNotNull();
        return user;
    }

    private static List<String> problems(String line) throws Exception {
        return rows(HEADER + line).get(0).badValues().stream()
                .map(bad -> bad.column() + ": " + bad.reason())
                .toList();
    }

    private static List<UserRow> rows(String file) throws IOException, WrongHeaderException {
        return rows(file.getBytes(StandardCharsets.UTF_8));
    }

    private static List<UserRow> rows(byte[] bytes) throws IOException, WrongHeaderException {
        try (UserFile file = new UserFile(new ByteArrayInputStream(bytes))) {
            List<UserRow> rows = new ArrayList<>();
            for (UserRow row = file.next(CATALOGUE, NOW); row != null; row = file.next(CATALOGUE, NOW)) {
                rows.add(row);
            }
            return rows;
        }
    }
}
