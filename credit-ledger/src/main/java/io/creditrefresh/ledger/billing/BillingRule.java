package io.creditrefresh.ledger.billing;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.BillingState;
import io.creditrefresh.ledger.account.Entitlement;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.movement.Movement;
import io.creditrefresh.ledger.movement.SubscriberChange;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.provider.Previous;
import io.creditrefresh.ledger.provider.ProviderHistory;
import io.creditrefresh.ledger.provider.ProviderStanding;
import io.creditrefresh.ledger.provider.Snapshot;
import io.creditrefresh.ledger.provider.Terms;
import io.creditrefresh.ledger.schedule.Period;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a billing provider's word does to a subscriber. Plan, state and period follow from the set of all that was told;
 * each claim on a plan's amount is given its due once. So every order of the same events ends alike, as long as no
 * account falls due between them.
 */
public final class BillingRule {

    private BillingRule() {}

    /**
     * Takes in what was told; with nothing new, works out the period again.
     *
     * @throws io.creditrefresh.ledger.plan.NoAllowanceException if the catalogue does not know a plan
     */
    public static BillingChange apply(
            Subscriber subscriber, BillingBook book, List<Snapshot> told, Catalogue catalogue, Instant now) {
        ProviderHistory history = book.history().with(told);
        Optional<ProviderStanding> standing = history.standing();
        Optional<ProviderStanding> news =
                standing.filter(newest -> isChanged(book.history().standing(), newest));
        Subscriber after = news.map(
                        newest -> subscriber.withPlan(newest.plan()).withBillingState(newest.billingState()))
                .orElse(subscriber);
        List<Claim> claims = Claim.of(history);
        List<Movement> movements = new ArrayList<>();
        List<SettledClaim> settled = new ArrayList<>();
        Map<Long, BillingClock> clocks = new HashMap<>();
        for (Account account : subscriber.accounts()) {
            AccountClaims ofAccount = new AccountClaims(account, book, claims, catalogue, now);
            AccountBilling billing = new AccountBilling(account, ofAccount, book);
            Period period = billing.period(standing.map(ProviderStanding::periodEnd), now);
            Entitlement terms = news.map(newest -> account.entitlement()
                            .withPlan(newest.plan())
                            .withBilling(newest.billingState(), newest.paidUntil()))
                    .orElse(account.entitlement());
            movements.addAll(billing.movements(terms, period, after, now));
            settled.addAll(ofAccount.news());
            billing.clock(period).ifPresent(clock -> clocks.put(account.id(), clock));
        }
        return new BillingChange(
                SubscriberChange.of(subscriber, after, movements),
                settled,
                clocks,
                book.with(history, settled, clocks));
    }

    /**
     * What becomes of the past when an account of {@code kind} is opened beside the single pool, in its period: no claim of
     * before is granted again, and the period goes on with the pool's.
     */
    public static OpenedAccount opened(
            BillingBook book, Subscriber subscriber, CreditKind kind, Catalogue catalogue, Instant now) {
        Account account = subscriber.account(kind).orElseThrow();
        List<SettledClaim> settled = AccountClaims.firstOfEach(Claim.of(book.history()), kind, catalogue, now).stream()
                .map(claim ->
                        new SettledClaim(account.id(), claim.key(), claim.at(), 0, openingOf(book, account, claim)))
                .toList();
        Optional<BillingClock> clock = subscriber.account(CreditKind.CREDITS).flatMap(pool -> Optional.ofNullable(
                        book.clocks().get(pool.id()))
                .filter(known -> known.isOf(pool))
                .map(known -> known.ofOpened(account)));
        return new OpenedAccount(account.id(), settled, clock);
    }

    /** The entry that has opened the account, if it gave what is claimed; 0 if it was another plan's. */
    private static long openingOf(BillingBook book, Account account, Claim claim) {
        return book.planGrants().stream()
                .filter(grant -> grant.satisfies(account.id(), claim))
                .mapToLong(PlanGrant::seq)
                .findFirst()
                .orElse(0);
    }

    /** Whether what was told cancels, suspends or ends the subscription, so that it comes before a due refresh. */
    public static boolean takesAway(BillingBook book, List<Snapshot> told) {
        Optional<ProviderStanding> before = book.history().standing();
        Optional<ProviderStanding> after = book.history().with(told).standing();
        return after.filter(standing -> isChanged(before, standing))
                .filter(standing -> standing.billingState() != BillingState.ACTIVE || standing.paidUntil() != null)
                .isPresent();
    }

    /**
     * What of a provider's answer is news, each with the plan that it is news to: the subscriber's, or the subscription's
     * own if the subscriber's was over. So it is a claim where the provider's plan is a higher one, as its event is.
     */
    public static List<Snapshot> news(Subscriber subscriber, BillingBook book, List<Snapshot> asked) {
        List<Snapshot> news = new ArrayList<>();
        for (Snapshot answer : asked) {
            Optional<Terms> known = book.history().newest(answer.subscription()).map(Snapshot::terms);
            // One that nobody has told of and that is over, perhaps for years, decides nothing about today.
            boolean isOfThePast = known.isEmpty() && !answer.terms().status().isLive();
            if (!isOfThePast && !known.equals(Optional.of(answer.terms()))) {
                String planBefore = subscriber.billingState() != BillingState.CANCELLED
                        ? subscriber.plan()
                        : known.map(Terms::plan).orElse(Catalogue.FREE);
                boolean isPlanKnown =
                        known.map(Terms::plan).equals(Optional.of(answer.terms().plan()));
                news.add(isPlanKnown ? answer : answer.after(Previous.plan(planBefore)));
            }
        }
        return news;
    }

    private static boolean isChanged(Optional<ProviderStanding> before, ProviderStanding after) {
        return before.isEmpty()
                || !before.get().plan().equals(after.plan())
                || before.get().billingState() != after.billingState()
                || !Objects.equals(before.get().paidUntil(), after.paidUntil());
    }
}
