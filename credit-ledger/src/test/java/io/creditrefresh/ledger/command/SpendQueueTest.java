package io.creditrefresh.ledger.command;

import static io.creditrefresh.ledger.command.CommandLedger.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.command.WaitingSpend.Lead;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.spend.PlainSpend;
import io.creditrefresh.ledger.spend.SpendOrder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpendQueueTest {

    private static final Duration LATE = Duration.ofMillis(100);

    private long nanos;
    private final SpendQueue queue = new SpendQueue(2, 3, LATE, () -> nanos);

    @Test
    void letsTheFirstOneGoAtOnceAndAlone() {
        WaitingSpend alice = entered("alice");
        WaitingSpend bob = entered("bob");

        assertThat(alice.told()).contains(new Lead(List.of(alice)));
        assertThat(bob.told()).isEmpty();
    }

    @Test
    void letsThoseWhoWaitedGoTogetherInTheOrderOfTheirComing() {
        WaitingSpend alice = entered("alice");
        List<WaitingSpend> later = List.of(entered("carol"), entered("dave"), entered("erin"), entered("frank"));

        queue.end(group(alice));

        assertThat(group(later.get(0))).isEqualTo(later.subList(0, 3));
        assertThat(later.subList(1, 4)).allMatch(spend -> spend.told().isEmpty());
        queue.end(group(later.get(0)));
        assertThat(group(later.get(3))).isEqualTo(later.subList(3, 4));
    }

    @Test
    void letsTheNextOfAUserGoWhenTheCallerOfTheLastIsDone() {
        WaitingSpend first = entered("alice");
        WaitingSpend second = entered("alice");
        WaitingSpend third = entered("alice");
        nanos = LATE.toNanos();
        WaitingSpend bob = entered("bob");
        assertThat(group(bob)).containsExactly(bob);

        queue.end(group(bob));
        queue.end(group(first));
        assertThat(second.told()).isEmpty();
        queue.finish(first);

        assertThat(group(second)).containsExactly(second);
        assertThat(third.told()).isEmpty();
    }

    @Test
    void keepsAUserOutOfASecondStatementWhenACallerGivesUpEarly() {
        WaitingSpend first = entered("alice");
        WaitingSpend second = entered("alice");
        nanos = LATE.toNanos();

        queue.finish(first);
        assertThat(second.told()).isEmpty();
        queue.end(group(first));

        assertThat(group(second)).containsExactly(second);
    }

    @Test
    void doesNotTakeOneThatLeftForTheOneOfItsUserThatIsUnderWay() {
        WaitingSpend first = entered("alice");
        WaitingSpend second = entered("alice");
        WaitingSpend third = entered("alice");
        queue.end(group(first));

        assertThat(queue.leave(second)).isTrue();
        queue.finish(second);

        assertThat(third.told()).isEmpty();
    }

    @Test
    void doesNotWaitForAStatementThatIsLateUnlessTooManyAre() {
        WaitingSpend alice = entered("alice");
        WaitingSpend bob = entered("bob");
        WaitingSpend carol = entered("carol");

        nanos = LATE.toNanos() - 1;
        queue.goOn();
        assertThat(bob.told()).isEmpty();
        nanos = LATE.toNanos();
        queue.goOn();

        assertThat(group(bob)).containsExactly(bob, carol);
        nanos = 2 * LATE.toNanos();
        WaitingSpend dave = entered("dave");
        assertThat(dave.told()).isEmpty();
        queue.end(group(bob));
        assertThat(group(dave)).containsExactly(dave);
    }

    @Test
    void forgetsWhoLeavesUnlessItIsUnderWay() {
        WaitingSpend alice = entered("alice");
        WaitingSpend carol = entered("carol");
        WaitingSpend dave = entered("dave");

        assertThat(queue.leave(carol)).isTrue();
        queue.end(group(alice));

        assertThat(carol.told()).isEmpty();
        assertThat(group(dave)).containsExactly(dave);
        assertThat(queue.leave(dave)).isFalse();
    }

    private WaitingSpend entered(String userId) {
        WaitingSpend spend = spend(userId);
        queue.enter(spend);
        return spend;
    }

    private static List<WaitingSpend> group(WaitingSpend leader) {
        return ((Lead) leader.told().orElseThrow()).group();
    }

    private static WaitingSpend spend(String userId) {
        SpendOrder order =
                new SpendOrder(userId, Map.of(CreditKind.CREDITS, 1L), "service:shop", Map.of(), request("k", 1));
        return new WaitingSpend(new PlainSpend(order, CreditKind.CREDITS, 1, 1));
    }
}
