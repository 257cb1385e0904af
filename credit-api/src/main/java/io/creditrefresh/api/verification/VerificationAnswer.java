package io.creditrefresh.api.verification;

import io.creditrefresh.ledger.store.VerificationStore.Run;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the newest verification has found.
 *
 * @param run null before the first one has ended
 * @param data a page of its findings, 10,000 at the most
 * @param nextCursor where the next page begins; null on the last one
 */
public record VerificationAnswer(
        @Nullable VerificationRun run,
        List<VerificationFinding> data,
        @Nullable String nextCursor,
        boolean hasMore) {

    /**
     * A verification.
     *
     * @param cause {@code start} of an instance, {@code schedule} or {@code request}
     * @param accounts how many were looked at
     * @param found number of findings
     * @param foundByType the same by type
     */
    public record VerificationRun(
            Instant startedAt,
            Instant finishedAt,
            String cause,
            long accounts,
            long found,
            List<TypeCount> foundByType) {

        static VerificationRun of(Run run) {
            return new VerificationRun(
                    run.startedAt(),
                    run.finishedAt(),
                    run.cause(),
                    run.accounts(),
                    run.total(),
                    run.counts().entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(count -> new TypeCount(count.getKey().code(), count.getValue()))
                            .toList());
        }
    }

    /**
     * How often one thing was found.
     *
     * @param type the invariant that is broken, {@code overdue}, {@code owed}, {@code differs_from_provider} or
     *     {@code v2_variance}
     */
    public record TypeCount(String type, long found) {}

    /**
     * Something that is wrong.
     *
     * @param type the invariant that is broken, {@code overdue}, {@code owed}, {@code differs_from_provider} or
     *     {@code v2_variance}
     * @param accountId with which account; null for {@code v2_variance}, which is of a day
     * @param userId null if the account belongs to nobody
     * @param detail for people
     */
    public record VerificationFinding(
            String type, @Nullable Long accountId, @Nullable String userId, String detail) {}
}
