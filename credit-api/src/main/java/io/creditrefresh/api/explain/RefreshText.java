package io.creditrefresh.api.explain;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Entitlement;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.NoAllowanceException;
import java.time.Instant;

/** Says in a sentence why the next refresh does what it does, or why there is none. */
final class RefreshText {

    private RefreshText() {}

    static String why(AccountScene scene, ForeseenRefresh next) {
        return amount(scene.account().entitlement(), next) + "; " + rest(next) + skipped(next.skippedPeriods());
    }

    static String whyNone(AccountScene scene) {
        if (scene.account().refreshAt() == null) {
            return "Nothing is refreshed: the user is " + Holds.text(scene.subscriber());
        }
        return "The rules refuse the refresh: "
                + refusal(
                        scene.account(),
                        scene.moment().catalogue(),
                        scene.moment().now());
    }

    private static String amount(Entitlement entitlement, ForeseenRefresh next) {
        CatalogueRow row = next.decidedBy();
        String amount = Credits.text(next.amount());
        return switch (entitlement.basisAt(next.periodStart())) {
            case PLAN -> "%s, which is what the plan %s gives then".formatted(amount, row.plan());
            case CUSTOM_ALLOWANCE ->
                "%s, the account's custom allowance, in place of the plan's %s"
                        .formatted(amount, Credits.text(row.amount()));
            case CANCELLED -> "%s of the plan %s, because the subscription is cancelled".formatted(amount, row.plan());
            case NOT_RENEWED ->
                "%s of the plan %s, because %s is paid until %s only"
                        .formatted(amount, row.plan(), entitlement.plan(), entitlement.paidUntil());
        };
    }

    private static String rest(ForeseenRefresh next) {
        long lapses = next.willLapse();
        long carries = next.willCarry();
        if (lapses == 0 && carries == 0) {
            return "nothing of the allowance is left";
        }
        if (carries == 0) {
            return "the %s left of the allowance lapse, because nothing rolls over".formatted(Credits.text(lapses));
        }
        String cap = next.decidedBy().rolloverCap() == null
                ? "everything rolls over"
                : "up to %s roll over".formatted(Credits.text(next.decidedBy().rolloverCap()));
        return lapses == 0
                ? "the %s left of the allowance move to the bonus, because %s".formatted(Credits.text(carries), cap)
                : "of the %s left of the allowance %s move to the bonus, because %s, and %s lapse"
                        .formatted(Credits.text(lapses + carries), Credits.text(carries), cap, Credits.text(lapses));
    }

    private static String skipped(int periods) {
        return switch (periods) {
            case 0 -> "";
            case 1 -> "; 1 missed period is skipped";
            default -> "; " + periods + " missed periods are skipped";
        };
    }

    private static String refusal(Account account, Catalogue catalogue, Instant now) {
        Instant end = account.period().end();
        Instant start = account.cycle()
                .following(account.period(), end.isBefore(now) ? now : end)
                .period()
                .start();
        try {
            account.entitlement().rowAt(start, catalogue);
            return "the balance would be too large";
        } catch (NoAllowanceException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
