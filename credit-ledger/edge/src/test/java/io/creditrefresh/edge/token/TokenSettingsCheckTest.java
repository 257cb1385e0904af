package io.creditrefresh.edge.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenSettingsCheckTest {

    private final Set<String> set = new HashSet<>();

    @BeforeEach
    void setWhatIsRequired() {
        set("credits.token.issuer", "https://issuer.test");
        set("credits.token.keys", TestTokens.publicKeys().toString());
    }

    @AfterEach
    void unset() {
        set.forEach(System::clearProperty);
    }

    @Test
    void findsNothingWrongWithAnIssuerAndItsKeys() {
        assertThat(TokenSettingsCheck.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "credits.token.issuer | two words | a text without spaces",
                "credits.token.audience | two words | a text without spaces",
                "credits.token.algorithm | HS256 | RS256, PS256 or ES256",
                "credits.token.algorithm | none | RS256, PS256 or ES256",
                "credits.token.algorithm | rs256 | RS256, PS256 or ES256",
                "credits.token.keys | https:// | the https URL of a JWKS, or the path of a JWKS or PEM file",
                "credits.token.keys | https:jwks | the https URL of a JWKS, or the path of a JWKS or PEM file",
            })
    void namesKeyValueAndWhatIsAllowedInOneLine(String key, String value, String allowed) {
        set(key, value);

        assertThat(TokenSettingsCheck.problems())
                .containsExactly(key + ": \"" + value + "\" is not allowed; allowed: " + allowed);
    }

    @ParameterizedTest
    @CsvSource({"credits.token.issuer", "credits.token.keys"})
    void namesWhatIsMissing(String key) {
        System.clearProperty(key);

        assertThat(TokenSettingsCheck.problems()).singleElement().asString().contains(key);
    }

    @Test
    void asksTheKeysOnlyWhenTheOtherSettingsAreGood() {
        set("credits.token.keys", "/nothing");
        set("credits.token.algorithm", "none");
        assertThat(TokenSettingsCheck.problems()).singleElement().asString().startsWith("credits.token.algorithm");

        set("credits.token.algorithm", "RS256");
        assertThat(TokenSettingsCheck.problems()).singleElement().asString().startsWith("credits.token.keys");
    }

    @Test
    void isStrictUnlessTheProfileIsAnother() {
        set("credits.token.keys", "http://issuer.test/jwks");
        assertThat(TokenSettingsCheck.problems()).hasSize(1);

        set("quarkus.profile", "local");
        assertThat(TokenSettingsCheck.problems()).isEmpty();
    }

    @Test
    void showsNoSecretOfAValueThatIsNoLocationAtAll() {
        for (String value : List.of(
                "https://name:secret@issuer.test/with space",
                "-----BEGIN PRIVATE KEY-----\nsecret\n-----END PRIVATE KEY-----\n",
                "{\"keys\": [{\n\"k\": \"secret\"}]}")) {
            set("credits.token.keys", value);

            assertThat(TokenSettingsCheck.problems())
                    .singleElement()
                    .asString()
                    .startsWith("credits.token.keys: \"")
                    .contains("is not allowed; allowed: ")
                    .doesNotContain("secret", "\n");
        }
    }

    @Test
    void takesAClusterWholeOrNotAtAll() {
        set("credits.token.cluster.issuer", "https://kubernetes.default.svc");
        set("credits.token.cluster.keys", TestTokens.publicKeys().toString());
        assertThat(TokenSettingsCheck.problems())
                .containsExactly("credits.token.cluster.*: one is missing; allowed: issuer, keys and services, or none"
                        + " of them");

        set("credits.token.cluster.services", "credit-refresh:trigger,other:a.b");
        assertThat(TokenSettingsCheck.problems()).isEmpty();
    }

    @Test
    void keepsTheClusterApartFromTheIssuer() {
        set("credits.token.cluster.issuer", "https://issuer.test");
        set("credits.token.cluster.keys", TestTokens.publicKeys().toString());
        set("credits.token.cluster.services", "credit-refresh:trigger");

        assertThat(TokenSettingsCheck.problems())
                .containsExactly(
                        "credits.token.cluster.issuer: \"https://issuer.test\" is not allowed; allowed: another"
                                + " one than credits.token.issuer");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "credits.token.cluster.services | trigger | allowed: namespace:name, separated by commas",
                "credits.token.cluster.services | a:b:c | allowed: namespace:name, separated by commas",
                "credits.token.cluster.keys | /nothing | allowed: an https URL, or a file that can be read",
                "credits.token.cluster.keys | http://jwks.test/ | allowed in production: an https URL or a file",
            })
    void namesWhatIsWrongWithACluster(String key, String value, String allowed) {
        set("credits.token.cluster.issuer", "https://kubernetes.default.svc");
        set("credits.token.cluster.keys", TestTokens.publicKeys().toString());
        set("credits.token.cluster.services", "credit-refresh:trigger");
        set(key, value);

        assertThat(TokenSettingsCheck.problems())
                .singleElement()
                .asString()
                .startsWith(key)
                .endsWith(value + "\" is not allowed; " + allowed);
    }

    private void set(String key, String value) {
        System.setProperty(key, value);
        set.add(key);
    }
}
