package io.creditrefresh.api.override;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a plan is to give of one kind, in periods that begin from now on. A plan that is not known comes into being.
 *
 * @param plan 1 to 32 small letters, digits, hyphens and underscores
 * @param kind {@code credits}, {@code analysis} or {@code roast}; {@code credits} if it is left out
 * @param amount credits per period, 0 to 10^15
 * @param rolloverCap how many unused credits a refresh carries over to bonus; left out, it stays
 * @param rolloverUnlimited true: all of them
 * @param reason for the audit
 * @param dryRun only tell what would be written
 */
public record PlanRequest(
        @Schema(required = true) @Nullable String plan,
        @Nullable String kind,
        @Schema(required = true) @Nullable Long amount,
        @Nullable Long rolloverCap,
        @Nullable Boolean rolloverUnlimited,
        @Nullable String reason,
        @Nullable Boolean dryRun) {}
