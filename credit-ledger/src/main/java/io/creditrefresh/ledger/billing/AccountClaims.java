package io.creditrefresh.ledger.billing;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.CreditKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The claims of one account: which are to be granted now, and which were made good before. */
final class AccountClaims {

    private final Account account;
    private final BillingBook book;
    private final Catalogue catalogue;
    private final Instant now;

    private final List<Claim> toGrant = new ArrayList<>();
    private final Map<ClaimKey, SettledClaim> news = new LinkedHashMap<>();

    AccountClaims(Account account, BillingBook book, List<Claim> claims, Catalogue catalogue, Instant now) {
        this.account = account;
        this.book = book;
        this.catalogue = catalogue;
        this.now = now;
        firstOfEach(claims, account.kind(), catalogue, now).forEach(this::settle);
        number();
    }

    /** Those to be granted, in the order of their changes; each is an entry, the account's next ones. */
    List<Claim> toGrant() {
        return toGrant;
    }

    /** Those that are new, or that an event claims earlier than was known. */
    Collection<SettledClaim> news() {
        return news.values();
    }

    /** All that were settled by entries after the clock's base. */
    List<SettledClaim> since(BillingClock clock) {
        Map<ClaimKey, SettledClaim> claims = new LinkedHashMap<>();
        ofAccount().forEach(claim -> claims.put(claim.key(), claim));
        claims.putAll(news);
        return claims.values().stream()
                .filter(claim -> claim.seq() > clock.baseSeq())
                .toList();
    }

    /** In credits, of the account's kind. */
    long amountOf(String plan) {
        return catalogue.allowanceAt(plan, account.kind(), now).amount();
    }

    boolean isLower(String plan, String than) {
        return catalogue.isLower(plan, than, account.kind(), now);
    }

    /** Of each key the first change that raises the amount of a kind. */
    static Collection<Claim> firstOfEach(List<Claim> claims, CreditKind kind, Catalogue catalogue, Instant now) {
        Map<ClaimKey, Claim> first = new LinkedHashMap<>();
        claims.stream()
                .filter(claim -> catalogue
                                .allowanceAt(claim.key().plan(), kind, now)
                                .amount()
                        > catalogue.allowanceAt(claim.planBefore(), kind, now).amount())
                .sorted(Comparator.comparing(Claim::at))
                .forEach(claim -> first.putIfAbsent(claim.key(), claim));
        return first.values();
    }

    private void settle(Claim claim) {
        Optional<SettledClaim> known = ofAccount().stream()
                .filter(each -> each.key().equals(claim.key()))
                .findFirst();
        if (known.isPresent()) {
            if (claim.at().isBefore(known.get().at())) {
                news.put(claim.key(), known.get().claimedAt(claim.at()));
            }
            return;
        }
        Optional<PlanGrant> satisfying = book.planGrants().stream()
                .filter(grant -> grant.satisfies(account.id(), claim) && !isUsed(grant))
                .min(Comparator.comparingLong(PlanGrant::seq));
        if (satisfying.isPresent()) {
            news.put(claim.key(), settled(claim, 0, satisfying.get().seq()));
        } else {
            toGrant.add(claim);
        }
    }

    private boolean isUsed(PlanGrant grant) {
        return !grant.isImport()
                && (ofAccount().stream().anyMatch(each -> each.seq() == grant.seq())
                        || news.values().stream().anyMatch(each -> each.seq() == grant.seq()));
    }

    private void number() {
        long seq = account.version();
        for (Claim claim : toGrant) {
            seq++;
            news.put(claim.key(), settled(claim, amountOf(claim.key().plan()), seq));
        }
    }

    private SettledClaim settled(Claim claim, long granted, long seq) {
        return new SettledClaim(account.id(), claim.key(), claim.at(), granted, seq);
    }

    private List<SettledClaim> ofAccount() {
        return book.settled().stream()
                .filter(claim -> claim.accountId() == account.id())
                .toList();
    }
}
