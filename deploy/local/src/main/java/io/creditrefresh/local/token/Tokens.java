package io.creditrefresh.local.token;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** Signs tokens as the services of a run take them, and some that they must refuse. */
public final class Tokens {

    /** How long a token is good for, in real time. */
    public static final Duration LIFETIME = Duration.ofHours(12);

    private final DevelopmentKeys keys;
    private final InstantSource realTime;

    public Tokens(DevelopmentKeys keys, InstantSource realTime) {
        this.keys = keys;
        this.realTime = realTime;
    }

    /** A token that is good from now on. */
    public String of(Bearer bearer) {
        return signed(claims(bearer));
    }

    /** A token whose last second was an hour ago. */
    public String expired(Bearer bearer) {
        var claims = claims(bearer);
        var end = realTime.instant().minus(Duration.ofHours(1));
        claims.setIssuedAt(seconds(end.minus(LIFETIME)));
        claims.setExpirationTime(seconds(end));
        return signed(claims);
    }

    /** A token that was meant for another system. */
    public String forAudience(Bearer bearer, String audience) {
        var claims = claims(bearer);
        claims.setAudience(audience);
        return signed(claims);
    }

    /** A token that claims to come from somebody else. */
    public String fromIssuer(Bearer bearer, String issuer) {
        var claims = claims(bearer);
        claims.setIssuer(issuer);
        return signed(claims);
    }

    private JwtClaims claims(Bearer bearer) {
        var now = realTime.instant();
        var claims = new JwtClaims();
        claims.setIssuer(DevelopmentKeys.ISSUER);
        claims.setAudience(DevelopmentKeys.AUDIENCE);
        claims.setSubject(bearer.id());
        claims.setStringListClaim("groups", List.of(bearer.role()));
        claims.setIssuedAt(seconds(now));
        claims.setExpirationTime(seconds(now.plus(LIFETIME)));
        claims.setGeneratedJwtId();
        return claims;
    }

    private String signed(JwtClaims claims) {
        var signature = new JsonWebSignature();
        signature.setHeader("typ", "JWT");
        signature.setAlgorithmHeaderValue(DevelopmentKeys.ALGORITHM);
        signature.setKeyIdHeaderValue(keys.pair().getKeyId());
        signature.setKey(keys.pair().getPrivateKey());
        signature.setPayload(claims.toJson());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("could not sign a token", e);
        }
    }

    private static NumericDate seconds(Instant instant) {
        return NumericDate.fromSeconds(instant.getEpochSecond());
    }
}
