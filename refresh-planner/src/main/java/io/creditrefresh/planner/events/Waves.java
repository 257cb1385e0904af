package io.creditrefresh.planner.events;

import io.creditrefresh.ledger.message.CreditEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts events into waves with at most one of each account. A wave is sent when the one before it is acknowledged: what
 * Kafka refuses can then not be overtaken by what happened to its account later.
 */
final class Waves {

    private Waves() {}

    /** The waves of events that are in order. */
    static List<List<CreditEvent>> of(List<CreditEvent> events) {
        List<List<CreditEvent>> waves = new ArrayList<>();
        Map<Long, Integer> seen = new HashMap<>();
        for (CreditEvent event : events) {
            int wave = seen.merge(event.accountId(), 1, Integer::sum) - 1;
            if (wave == waves.size()) {
                waves.add(new ArrayList<>());
            }
            waves.get(wave).add(event);
        }
        return waves;
    }
}
