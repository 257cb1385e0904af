package io.creditrefresh.ledger.command;

import static io.creditrefresh.ledger.command.CommandLedger.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrefresh.ledger.command.WaitingSpend.Alone;
import io.creditrefresh.ledger.command.WaitingSpend.Answered;
import io.creditrefresh.ledger.command.WaitingSpend.Failed;
import io.creditrefresh.ledger.command.WaitingSpend.Turn;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.spend.PlainSpend;
import io.creditrefresh.ledger.spend.SpendOrder;
import io.creditrefresh.ledger.spend.SpentPart;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpendGroupTest {

    private final List<List<String>> statements = new ArrayList<>();

    @Test
    void tellsEachWhatWasSpentAndLetsGoAloneWhatWasLeftOut() {
        Answers answers = users -> {};

        List<Turn> turns = spend(answers, "a", "locked", "c");

        assertThat(turns).containsExactly(answered(1), new Alone(), answered(3));
    }

    @Test
    void leavesOneThatWasAloneToTheRules() {
        assertThat(spend(users -> {}, "locked")).containsExactly(new Answered(Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"40P01", "40001", "55P03"})
    void letsEachGoAloneWhenALockIsInTheWay(String state) {
        assertThat(spend(failing("a", state), "a", "b")).containsExactly(new Alone(), new Alone());
        assertThat(spend(failing("a", state), "a")).containsExactly(new Alone());
    }

    @ParameterizedTest
    @CsvSource({"a, 23505", "d, 23514", "h, 22P05"})
    void findsWhatIsRefusedByHalving(String refused, String state) throws SQLException {
        List<Turn> turns = spend(failing(refused, state), "a", "b", "c", "d", "e", "f", "g", "h");

        int index = refused.charAt(0) - 'a';
        for (int i = 0; i < turns.size(); i++) {
            if (i == index) {
                assertThat(((Failed) turns.get(i)).exception().getSQLState()).isEqualTo(state);
            } else {
                assertThat(turns.get(i)).isInstanceOf(Answered.class);
            }
        }
        assertThat(statements).hasSize(1 + 2 * 3);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"57014", "57P01", "08006", "53300", "42501"})
    void failsAllWithOneStatementWhenTheDatabaseIsAtFault(String state) throws SQLException {
        List<Turn> turns = spend(failing("b", state), "a", "b", "c");

        assertThat(statements).hasSize(1);
        for (Turn turn : turns) {
            SQLException failure = ((Failed) turn).exception();
            assertThat(failure.getSQLState()).isEqualTo(state);
            assertThat(failure.getCause()).hasMessage("not b");
        }
    }

    @Test
    void stopsHalvingWhenTheDatabaseIsAtFault() {
        Answers answers = users -> {
            if (users.size() == 8) {
                throw new SQLException("refused", "23505");
            }
            throw new SQLException("gone", "08006");
        };

        List<Turn> turns = spend(answers, "a", "b", "c", "d", "e", "f", "g", "h");

        assertThat(statements).extracting(List::size).containsExactly(8, 4);
        assertThat(turns).hasOnlyElementsOfType(Failed.class);
    }

    @Test
    void tellsAllOfABug() {
        Answers answers = users -> {
            throw new IllegalArgumentException("a bug");
        };

        List<Turn> turns = spend(answers, "a", "b");

        assertThat(turns).allSatisfy(turn -> assertThatThrownBy(() -> ((Failed) turn).exception())
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("a bug"));
    }

    private interface Answers {
        void of(List<String> users) throws SQLException;
    }

    private static Answers failing(String user, String state) {
        return users -> {
            if (users.contains(user)) {
                throw new SQLException("not " + user, state);
            }
        };
    }

    /** In the order of the users; the first leads. */
    private List<Turn> spend(Answers answers, String... users) {
        List<WaitingSpend> spends = IntStream.range(0, users.length)
                .mapToObj(i -> new WaitingSpend(plain(users[i], i + 1)))
                .toList();
        Turn first = new SpendGroup(new Fake(answers), new FailedGroups(System::nanoTime)).spend(spends);
        assertThat(spends.get(0).told()).isEmpty();
        List<Turn> turns = new ArrayList<>(List.of(first));
        spends.subList(1, spends.size()).forEach(spend -> turns.add(spend.told().orElseThrow()));
        return turns;
    }

    private static Turn answered(long amount) {
        return new Answered(Optional.of(part(amount)));
    }

    private static SpentPart part(long amount) {
        return new SpentPart(1, CreditKind.CREDITS, 2, amount, 0, 0, CommandLedger.WITHIN, false);
    }

    static PlainSpend plain(String userId, long amount) {
        SpendOrder order = new SpendOrder(
                userId, Map.of(CreditKind.CREDITS, amount), "service:shop", Map.of(), request("k", (int) amount));
        return new PlainSpend(order, CreditKind.CREDITS, amount, 1);
    }

    /** Spends all but what is locked. */
    private final class Fake implements PlainStatement {

        private final Answers answers;

        private Fake(Answers answers) {
            this.answers = answers;
        }

        @Override
        public List<Optional<SpentPart>> together(List<PlainSpend> spends) throws SQLException {
            List<String> users =
                    spends.stream().map(spend -> spend.order().userId()).toList();
            statements.add(users);
            answers.of(users);
            return spends.stream()
                    .map(spend -> Optional.of(part(spend.amount()))
                            .filter(part -> !spend.order().userId().equals("locked")))
                    .toList();
        }

        @Override
        public Optional<SpentPart> alone(PlainSpend spend) {
            throw new AssertionError("nobody goes alone in the leader's turn");
        }
    }
}
