package io.creditrefresh.ledger.command;

import static io.creditrefresh.ledger.command.CommandLedger.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.command.WaitingSpend.Lead;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.spend.PlainSpend;
import io.creditrefresh.ledger.spend.SpendOrder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpendQueueTest {

    private final SpendQueue queue = new SpendQueue(2, 3);

    @Test
    void letsTheFirstOnesGoAtOnceAndAlone() {
        WaitingSpend alice = spend("alice");
        WaitingSpend bob = spend("bob");

        assertThat(queue.enter(alice)).contains(List.of(alice));
        assertThat(queue.enter(bob)).contains(List.of(bob));
        assertThat(queue.enter(spend("carol"))).isEmpty();
    }

    @Test
    void letsThoseWhoWaitedGoTogetherInTheOrderOfTheirComing() {
        List<WaitingSpend> alice = queue.enter(spend("alice")).orElseThrow();
        queue.enter(spend("bob"));
        List<WaitingSpend> later = List.of(spend("carol"), spend("dave"), spend("erin"), spend("frank"));
        later.forEach(queue::enter);

        queue.end(alice);

        assertThat(later.get(0).told()).contains(new Lead(later.subList(0, 3)));
        assertThat(later.subList(1, 4)).allMatch(spend -> spend.told().isEmpty());
        queue.end(later.subList(0, 3));
        assertThat(later.get(3).told()).contains(new Lead(later.subList(3, 4)));
    }

    @Test
    void keepsAUserOutOfTwoStatementsAtATimeAndTwiceInOne() {
        List<WaitingSpend> first = queue.enter(spend("alice")).orElseThrow();
        WaitingSpend second = spend("alice");
        WaitingSpend third = spend("alice");
        assertThat(queue.enter(second)).isEmpty();
        assertThat(queue.enter(third)).isEmpty();
        WaitingSpend bob = spend("bob");
        assertThat(queue.enter(bob)).contains(List.of(bob));

        queue.end(List.of(bob));
        assertThat(second.told()).isEmpty();
        queue.end(first);

        assertThat(second.told()).contains(new Lead(List.of(second)));
        assertThat(third.told()).isEmpty();
    }

    @Test
    void forgetsWhoLeavesUnlessItIsUnderWay() {
        List<WaitingSpend> alice = queue.enter(spend("alice")).orElseThrow();
        queue.enter(spend("bob"));
        WaitingSpend carol = spend("carol");
        WaitingSpend dave = spend("dave");
        queue.enter(carol);
        queue.enter(dave);

        assertThat(queue.leave(carol)).isTrue();
        queue.end(alice);

        assertThat(carol.told()).isEmpty();
        assertThat(dave.told()).contains(new Lead(List.of(dave)));
        assertThat(queue.leave(dave)).isFalse();
    }

    private static WaitingSpend spend(String userId) {
        SpendOrder order =
                new SpendOrder(userId, Map.of(CreditKind.CREDITS, 1L), "service:shop", Map.of(), request("k", 1));
        return new WaitingSpend(new PlainSpend(order, CreditKind.CREDITS, 1, 1));
    }
}
