package io.creditrefresh.api.override;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Subscriber;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a user is refreshed, apart from what their plan says.
 *
 * @param hold whether an operator keeps the user off the schedule
 * @param refreshDay the day of the month on which periods end, 1 to 31; null: every 30 days
 * @param customCreditAmounts credits per period in place of the plan's, by kind
 * @param creditsV2 whether an admin has put the user into Credits v2, or kept them out; null: as the rollout says
 */
public record RefreshSettingsAnswer(
        String userId,
        boolean hold,
        @Nullable Integer refreshDay,
        Map<String, Long> customCreditAmounts,
        @Nullable Boolean creditsV2) {

    public static RefreshSettingsAnswer of(Subscriber subscriber) {
        Map<String, Long> custom = new TreeMap<>();
        for (Account account : subscriber.accounts()) {
            Long amount = account.entitlement().customAllowance();
            if (amount != null) {
                custom.put(account.kind().code(), amount);
            }
        }
        return new RefreshSettingsAnswer(
                subscriber.userId(),
                subscriber.onHold(),
                subscriber.refreshDay(),
                custom,
                subscriber.placement().override());
    }

    /** Changes with every setting, and with nothing else. */
    String tag() {
        return EntityTag.of(hold + " " + refreshDay + " " + customCreditAmounts + " " + creditsV2);
    }
}
