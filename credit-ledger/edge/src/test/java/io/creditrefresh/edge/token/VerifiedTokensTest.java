package io.creditrefresh.edge.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.Test;

class VerifiedTokensTest {

    private static final int SKEW = 30;
    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");

    private Instant now = START;
    private Duration elapsed = Duration.ZERO;
    private final VerifiedTokens verified = new VerifiedTokens(() -> now, () -> elapsed.toNanos());

    @Test
    void knowsTheVeryTokenThatWasVerifiedAndNoOther() {
        JWTCallerPrincipal alice = caller(claims -> {});
        verified.keep("header.payload.signature", alice, SKEW);

        assertThat(verified.find("header.payload.signature")).containsSame(alice);
        assertThat(verified.find("header.payload.signaturf")).isEmpty();
        assertThat(verified.find("header.payloae.signature")).isEmpty();
        assertThat(verified.find("header.payload.")).isEmpty();
        assertThat(verified.find("header.payload.signature ")).isEmpty();
    }

    @Test
    void forgetsATokenAMinuteAfterItWasVerifiedHoweverOftenItIsUsed() {
        verified.keep("token", caller(claims -> {}), SKEW);
        for (int second = 1; second < 60; second++) {
            elapsed = Duration.ofSeconds(second);
            assertThat(verified.find("token")).isPresent();
        }

        elapsed = Duration.ofSeconds(60);

        assertThat(verified.find("token")).isEmpty();
    }

    @Test
    void takesNoTokenThatIsOverByMoreThanClocksMayDiffer() {
        verified.keep("token", caller(claims -> claims.setExpirationTime(at(START.plusSeconds(5)))), SKEW);

        now = START.plusSeconds(5 + SKEW - 1);
        assertThat(verified.find("token")).isPresent();
        now = START.plusSeconds(5 + SKEW);
        assertThat(verified.find("token")).isEmpty();
    }

    @Test
    void takesNoTokenBeforeItsTimeWhenTheClockIsSetBack() {
        verified.keep("token", caller(claims -> claims.setNotBefore(at(START))), SKEW);

        now = START.minusSeconds(SKEW);
        assertThat(verified.find("token")).isPresent();
        now = START.minusSeconds(SKEW + 1);
        assertThat(verified.find("token")).isEmpty();
    }

    @Test
    void takesTimesWithAFractionAsTheVerifierDoes() {
        verified.keep(
                "token",
                caller(claims -> {
                    claims.setClaim("nbf", START.getEpochSecond() + 0.5);
                    claims.setClaim("exp", START.getEpochSecond() + 5.5);
                }),
                0);

        assertThat(verified.find("token")).isPresent();
        now = START.plusSeconds(5);
        assertThat(verified.find("token")).isEmpty();
    }

    @Test
    void keepsNoMoreThanItsMemoryAllows() {
        String half = "x".repeat(VerifiedTokens.WEIGHT_MAX / 2 - VerifiedTokens.CLAIMS_WEIGHT - 1);
        for (int i = 0; i < 10; i++) {
            verified.keep(half + i, caller(claims -> {}), SKEW);
        }

        assertThat(verified.weight()).isEqualTo(VerifiedTokens.WEIGHT_MAX);
        String tooLong = "x".repeat(VerifiedTokens.WEIGHT_MAX);
        verified.keep(tooLong, caller(claims -> {}), SKEW);
        assertThat(verified.find(tooLong)).isEmpty();
    }

    @Test
    void keepsNoMoreOfThemHoweverShortTheyAre() {
        JWTCallerPrincipal alice = caller(claims -> {});
        for (int i = 0; i < 20_000; i++) {
            verified.keep("%05d".formatted(i), alice, SKEW);
        }

        assertThat(verified.weight()).isLessThanOrEqualTo(VerifiedTokens.WEIGHT_MAX);
        assertThat(IntStream.range(0, 20_000)
                        .filter(i -> verified.find("%05d".formatted(i)).isPresent()))
                .hasSizeLessThanOrEqualTo(10_000);
    }

    private static JWTCallerPrincipal caller(Consumer<JwtClaims> change) {
        JwtClaims claims = new JwtClaims();
        claims.setSubject("alice");
        claims.setExpirationTime(at(START.plusSeconds(3_600)));
        change.accept(claims);
        return new DefaultJWTCallerPrincipal("token", "JWT", claims);
    }

    private static NumericDate at(Instant time) {
        return NumericDate.fromSeconds(time.getEpochSecond());
    }
}
