package io.creditrefresh.api.audit;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has done by their privileges.
 *
 * @param actor as {@code admin:alice}, or {@code environment}
 * @param role that allowed it
 * @param action as {@code change-plan}
 * @param userId whom it concerned; null if it was nobody in particular
 */
public record AuditedDeed(
        long id,
        Instant at,
        String actor,
        String role,
        String action,
        @Nullable String userId,
        @Nullable String reason,

        @JsonRawValue @Nullable @Schema(type = SchemaType.OBJECT, description = "what it was before")
        String before,

        @JsonRawValue @Nullable @Schema(type = SchemaType.OBJECT, description = "what it has become")
        String after) {

    static AuditedDeed of(AuditRow row) {
        return new AuditedDeed(
                row.id, row.createdAt, row.actor, row.role, row.action, row.userId, row.reason, row.before, row.after);
    }
}
