package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.plan.CreditKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is to change of how a subscriber is refreshed; what is empty stays.
 *
 * @param hold whether to keep them off the schedule
 * @param refreshDay the day of the month on which periods end; an empty one within: every 30 days
 * @param customAllowances credits per period in place of the plan's, by kind; an empty one: the plan's
 * @param creditsV2 whether they are in Credits v2, whatever the rollout says; an empty one within: as it says
 */
public record SettingsWish(
        Optional<Boolean> hold,
        Optional<Optional<Integer>> refreshDay,
        Map<CreditKind, Optional<Long>> customAllowances,
        Optional<Optional<Boolean>> creditsV2) {

    public SettingsWish {
        customAllowances = new LinkedHashMap<>(customAllowances);
    }
}
