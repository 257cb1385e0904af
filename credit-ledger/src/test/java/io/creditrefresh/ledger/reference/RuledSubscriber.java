package io.creditrefresh.ledger.reference;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Balance;
import io.creditrefresh.ledger.account.BillingState;
import io.creditrefresh.ledger.account.Entitlement;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.movement.Entry;
import io.creditrefresh.ledger.movement.EntryType;
import io.creditrefresh.ledger.movement.Movement;
import io.creditrefresh.ledger.movement.SubscriberChange;
import io.creditrefresh.ledger.override.Adjustment;
import io.creditrefresh.ledger.override.ManualRefresh;
import io.creditrefresh.ledger.override.Restoration;
import io.creditrefresh.ledger.override.SafeSync;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.plan.PlanAllowance;
import io.creditrefresh.ledger.plan.Rollover;
import io.creditrefresh.ledger.refresh.Refresh;
import io.creditrefresh.ledger.refresh.RefreshDecision;
import io.creditrefresh.ledger.refresh.RefreshRule;
import io.creditrefresh.ledger.schedule.Cycle;
import io.creditrefresh.ledger.schedule.Period;
import io.creditrefresh.ledger.spend.Refund;
import io.creditrefresh.ledger.spend.Spend;
import io.creditrefresh.ledger.subscription.Opening;
import io.creditrefresh.ledger.subscription.PlanChange;
import io.creditrefresh.ledger.subscription.TermsChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rules as the services use them, on a subscriber in memory. */
final class RuledSubscriber implements Subject {

    private final List<Entry> entries = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();
    private final Map<String, List<Refund.Taken>> spends = new HashMap<>();
    private Catalogue catalogue;
    private Subscriber subscriber;

    RuledSubscriber(String userId, String plan, List<String> kinds, PriceList prices, long now) {
        catalogue = catalogue(prices);
        List<Account> accounts = new ArrayList<>();
        for (String kind : kinds) {
            Opening opening = Opening.of(userId, CreditKind.of(kind), plan, catalogue, instant(now));
            long amount = opening.balance().allowance();
            accounts.add(new Account(
                    accounts.size() + 1,
                    1,
                    new Entitlement(opening.kind(), plan, BillingState.ACTIVE, null, null),
                    Cycle.of(null),
                    opening.balance(),
                    amount,
                    opening.period(),
                    opening.refreshAt()));
            entries.add(new Entry(
                    accounts.size(),
                    opening.kind(),
                    1,
                    EntryType.PROVISION,
                    amount,
                    0,
                    amount,
                    amount,
                    null,
                    null,
                    0,
                    opening.period().start(),
                    Map.of()));
        }
        subscriber = new Subscriber(7, userId, plan, BillingState.ACTIVE, false, null, accounts);
    }

    void read(PriceList prices) {
        catalogue = catalogue(prices);
    }

    /** As a service that starts anew finds them: nothing but columns. */
    void restart() {
        List<Purse> purses = purses();
        List<Account> accounts = new ArrayList<>();
        for (Purse purse : purses) {
            accounts.add(new Account(
                    accounts.size() + 1,
                    purse.seq(),
                    new Entitlement(
                            CreditKind.of(purse.kind()),
                            purse.plan(),
                            BillingState.of(purse.state()),
                            purse.paidUntil() == Purse.FOREVER ? null : Instant.ofEpochSecond(purse.paidUntil()),
                            purse.custom() == Purse.NONE ? null : purse.custom()),
                    Cycle.of(purse.day() == 0 ? null : purse.day()),
                    new Balance(purse.allowance(), purse.bonus()),
                    purse.granted(),
                    new Period(Instant.ofEpochSecond(purse.start()), Instant.ofEpochSecond(purse.end())),
                    purse.refreshAt() == Purse.NEVER ? null : Instant.ofEpochSecond(purse.refreshAt())));
        }
        subscriber = new Subscriber(
                subscriber.id(),
                subscriber.userId(),
                subscriber.plan(),
                subscriber.billingState(),
                subscriber.onHold(),
                subscriber.refreshDay(),
                accounts);
    }

    @Override
    public String job(String kind, long dueAt, long now) {
        RefreshDecision decision =
                RefreshRule.decide(account(kind), Instant.ofEpochSecond(dueAt), catalogue, instant(now));
        if (decision instanceof RefreshDecision.Apply apply) {
            write(apply.refresh());
            return DONE;
        }
        return decision.toString();
    }

    @Override
    public String refreshDue(long now) {
        for (Account account : subscriber.accounts()) {
            if (account.isDue(instant(now))) {
                write(RefreshRule.apply(account, catalogue, instant(now)));
            }
        }
        return DONE;
    }

    @Override
    public String changePlan(String plan, long changedAt, long now) {
        return write(PlanChange.apply(subscriber, plan, catalogue, Instant.ofEpochSecond(changedAt), instant(now)));
    }

    @Override
    public String bill(String state, long paidUntil, long now) {
        Instant until = paidUntil == Purse.FOREVER ? null : Instant.ofEpochSecond(paidUntil);
        return write(TermsChange.billingState(subscriber, BillingState.of(state), until, instant(now)));
    }

    @Override
    public String hold(boolean on, long now) {
        return write(TermsChange.hold(subscriber, on, instant(now)));
    }

    @Override
    public String refreshDay(int day, long now) {
        return write(TermsChange.refreshDay(subscriber, day == 0 ? null : day, instant(now)));
    }

    @Override
    public String customAllowance(String kind, long credits, long now) {
        Long custom = credits == Purse.NONE ? null : credits;
        return write(TermsChange.customAllowance(subscriber, CreditKind.of(kind), custom, instant(now)));
    }

    @Override
    public String fillUp(long now) {
        return subscriber.isOffSchedule()
                ? "ON_HOLD"
                : write(ManualRefresh.fillUp(subscriber, Set.of(), catalogue, instant(now)));
    }

    @Override
    public String reset(long now) {
        return subscriber.isOffSchedule() ? "ON_HOLD" : write(ManualRefresh.reset(subscriber, catalogue, instant(now)));
    }

    @Override
    public String adjust(String kind, long credits) {
        return Adjustment.apply(account(kind), credits)
                .map(movement -> write(SubscriberChange.of(subscriber, List.of(movement))))
                .orElse("NOT_ENOUGH_BONUS");
    }

    @Override
    public String restore(String kind, long seq) {
        Account account = account(kind);
        Entry entry = entries.stream()
                .filter(each -> each.kind() == account.kind() && each.seq() == seq)
                .findFirst()
                .orElseThrow();
        Restoration.BadRefresh bad = new Restoration.BadRefresh(account.id(), seq, entry.periodStart(), entry.amount());
        if (keys.contains(kind + bad.idempotencyKey())) {
            return "ALREADY";
        }
        Optional<Movement> movement = Restoration.apply(account, bad);
        if (movement.isEmpty()) {
            return "PERIOD_OVER";
        }
        keys.add(kind + movement.get().idempotencyKey());
        return write(SubscriberChange.of(subscriber, List.of(movement.get())));
    }

    @Override
    public String sync() {
        return write(SafeSync.apply(subscriber, catalogue));
    }

    @Override
    public String spend(Map<String, Long> amounts, String key) {
        if (spends.containsKey(key)) {
            return "REPEATED";
        }
        List<Movement> movements = new ArrayList<>();
        amounts.forEach((kind, amount) -> Spend.apply(account(kind), amount).ifPresent(movements::add));
        if (movements.size() < amounts.size()) {
            return "NOT_ENOUGH";
        }
        spends.put(
                key,
                movements.stream()
                        .map(movement -> new Refund.Taken(
                                movement.before().id(),
                                movement.after().version(),
                                movement.bonusChange() - movement.amount(),
                                -movement.bonusChange(),
                                false))
                        .toList());
        return write(SubscriberChange.of(subscriber, movements));
    }

    @Override
    public String refund(String key) {
        if (!spends.containsKey(key)) {
            return "SPEND_NOT_FOUND";
        }
        if (!keys.add("refund" + key)) {
            return "ALREADY_REFUNDED";
        }
        List<Movement> movements = new ArrayList<>();
        for (Refund.Taken taken : spends.get(key)) {
            Account account = subscriber.account(taken.accountId()).orElseThrow();
            Refund.Taken now = new Refund.Taken(
                    taken.accountId(), taken.seq(), taken.fromAllowance(), taken.fromBonus(), isSuperseded(taken));
            movements.add(Refund.apply(account, now));
        }
        return write(SubscriberChange.of(subscriber, movements));
    }

    private boolean isSuperseded(Refund.Taken taken) {
        Set<EntryType> replacing = Set.of(EntryType.REFRESH, EntryType.UPGRADE, EntryType.RESET);
        return entries.stream()
                .anyMatch(entry -> entry.accountId() == taken.accountId()
                        && entry.seq() > taken.seq()
                        && replacing.contains(entry.type()));
    }

    @Override
    public long owed(String kind) {
        return SafeSync.owed(account(kind), catalogue);
    }

    @Override
    public List<Purse> purses() {
        List<Purse> purses = new ArrayList<>();
        for (Account account : subscriber.accounts()) {
            Long custom = account.entitlement().customAllowance();
            purses.add(new Purse(
                    account.kind().code(),
                    account.entitlement().plan(),
                    account.entitlement().billingState().code(),
                    second(account.entitlement().paidUntil(), Purse.FOREVER),
                    account.cycle().refreshDay().orElse(0),
                    custom == null ? Purse.NONE : custom,
                    account.balance().allowance(),
                    account.balance().bonus(),
                    account.grantedThisPeriod(),
                    account.period().start().getEpochSecond(),
                    account.period().end().getEpochSecond(),
                    second(account.refreshAt(), Purse.NEVER),
                    account.version()));
        }
        return purses;
    }

    @Override
    public List<Line> lines() {
        return entries.stream().map(Line::of).toList();
    }

    int size() {
        return entries.size();
    }

    Line line(int index) {
        return Line.of(entries.get(index));
    }

    private Account account(String kind) {
        return subscriber.accounts().stream()
                .filter(account -> account.kind().code().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private void write(Refresh refresh) {
        entries.add(Entry.of(refresh));
        subscriber = subscriber.withAccounts(
                account -> account.id() == refresh.after().id() ? refresh.after() : account);
    }

    private String write(SubscriberChange change) {
        change.movements().stream().map(Entry::of).forEach(entries::add);
        subscriber = change.after();
        return DONE;
    }

    private static Catalogue catalogue(PriceList prices) {
        return new Catalogue(prices.tags().stream()
                .map(tag -> new PlanAllowance(
                        tag.plan(),
                        CreditKind.of(tag.kind()),
                        tag.since() == PriceList.EVER ? Instant.MIN : Instant.ofEpochSecond(tag.since()),
                        tag.amount(),
                        new Rollover(tag.cap())))
                .toList());
    }

    private static long second(Instant instant, long ifNull) {
        return instant == null ? ifNull : instant.getEpochSecond();
    }

    private static Instant instant(long epochMilli) {
        return Instant.ofEpochMilli(epochMilli);
    }
}
