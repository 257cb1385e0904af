package io.creditrefresh.api.explain;

import io.creditrefresh.edge.page.Page;
import io.creditrefresh.ledger.account.Account;
import org.jspecify.annotations.Nullable;

/**
 * One account; amounts in credits.
 *
 * @param balance allowance and bonus together
 * @param allowance what is left of this period's
 * @param bonus what no refresh touches
 * @param grantedThisPeriod the highest amount granted in this period
 * @param sum all entries, added up and held against the account
 * @param schedule why the refresh comes when it does
 * @param entitlement what decides how much is granted
 * @param nextRefresh what it will do if nothing is spent until then; null if there is none
 * @param nextRefreshText why it does that, or why there is none
 * @param failure of the refresh; null if nothing is wrong
 * @param entries how the balance came to be, newest first
 */
public record ExplainedAccount(
        long accountId,
        String kind,
        long balance,
        long allowance,
        long bonus,
        long grantedThisPeriod,
        EntrySum sum,
        ExplainedSchedule schedule,
        ExplainedEntitlement entitlement,
        @Nullable ForeseenRefresh nextRefresh,
        String nextRefreshText,
        @Nullable ExplainedFailure failure,
        Page<ExplainedEntry> entries) {

    static ExplainedAccount of(AccountScene scene, Page<ExplainedEntry> entries) {
        Account account = scene.account();
        ForeseenRefresh next = ForeseenRefresh.of(scene);
        return new ExplainedAccount(
                account.id(),
                account.kind().code(),
                account.balance().total(),
                account.balance().allowance(),
                account.balance().bonus(),
                account.grantedThisPeriod(),
                EntrySum.of(scene),
                ExplainedSchedule.of(scene),
                ExplainedEntitlement.of(scene),
                next,
                next == null ? RefreshText.whyNone(scene) : RefreshText.why(scene, next),
                ExplainedFailure.of(scene),
                entries);
    }
}
