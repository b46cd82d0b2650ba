package io.reftrail.samples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** By which words an account is found. */
class EmailAddressTests {

    @ParameterizedTest
    @CsvSource({
        "kim@example.org, kim@example.org",
        "Kim@Example.ORG, kim@example.org",
        "' kim@example.org ', kim@example.org",
        "kim+shop@example.org, kim+shop@example.org"
    })
    void writesTheSameAddressInOneWay(String text, String address) {
        assertThat(EmailAddress.parse(text).map(EmailAddress::value)).contains(address);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", " ", "kim", "kim@", "@example.org", "kim @example.org", "kim@example.org,ada@example.org@"})
    void takesNothingElseForAnAddress(@Nullable String text) {
        assertThat(EmailAddress.parse(text)).isEmpty();
    }

    @Test
    void takesNoAddressThatNoMailCouldReach() {
        assertThat(EmailAddress.parse("k".repeat(243) + "@example.or")).isPresent();
        assertThat(EmailAddress.parse("k".repeat(243) + "@example.org")).isEmpty();
    }

    @Test
    void callsSomebodyByWhatIsBeforeTheAt() {
        assertThat(new EmailAddress("kim@example.org").beforeTheAt()).isEqualTo("kim");
    }
}
