package io.creditrefresh.local.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTest {

    @Test
    void hasThreeRolesByName() {
        assertThat(Bearer.named("admin")).contains(new Bearer("admin", "admin"));
        assertThat(Bearer.named("support")).contains(new Bearer("support", "support"));
        assertThat(Bearer.named("service")).contains(new Bearer("service", "service"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "admin", "tenant:7:alice", ":", " ", "smith, jane", "o\"brien", "🦊"})
    void isAnyUserByTheirId(String id) {
        assertThat(Bearer.named("user:" + id)).contains(new Bearer("user", id));
    }

    @Test
    void countsTheCharactersOfAnIdAsTheDatabaseDoes() {
        var longest = "🦊".repeat(128);

        assertThat(Bearer.named("user:" + longest)).contains(Bearer.user(longest));
        assertThat(Bearer.named("user:" + longest + "x")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "user", "user:", "User:alice", "root", "admin ", "ADMIN"})
    void isNobodyElse(String name) {
        assertThat(Bearer.named(name)).isEmpty();
    }

    @Test
    void isNoUserWithoutAnId() {
        assertThatThrownBy(() -> Bearer.user(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a user id has 1 to 128 characters: ");
    }
}
