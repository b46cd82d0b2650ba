package io.reftrail.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.reftrail.model.Outcome.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTests {

    private static final Instant NOW = Instant.parse("2026-03-01T10:15:30Z");

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void aBlankIdIsNobody(String blank) {
        assertThatIllegalArgumentException().isThrownBy(() -> Customer.of(blank));
        assertThatIllegalArgumentException().isThrownBy(() -> new Attribution("introw", blank, null));
    }

    @ParameterizedTest
    @CsvSource({
        "introw,  Sign Up, 1,  true",
        "refport, Sign Up, 1,  false",
        "introw,  Trial,   1,  false",
        "introw,  Sign Up, 2,  false",
    })
    void aLeadIsKnownByBackendEventAndCustomer(String backend, String eventName, String customer, boolean same) {
        String key = lead("introw", "Sign Up", "1").deduplicationKey();

        assertThat(lead(backend, eventName, customer).deduplicationKey().equals(key))
                .isEqualTo(same);
    }

    @Test
    void anotherClickOfTheSameCustomerIsTheSameLead() {
        Lead later = Lead.of(new Attribution("introw", "other", null), Customer.of("1"), "Sign Up", NOW.plusSeconds(9));

        assertThat(later.deduplicationKey())
                .isEqualTo(lead("introw", "Sign Up", "1").deduplicationKey());
    }

    @Test
    void repeatableLeadsAreAllDifferent() {
        Set<String> keys = Stream.generate(() -> lead("introw", "Sign Up", "1").repeatable())
                .limit(100)
                .map(Lead::deduplicationKey)
                .collect(Collectors.toSet());

        assertThat(keys).hasSize(100);
    }

    @Test
    void aLeadKeepsItsOwnMetadata() {
        Map<String, String> metadata = new HashMap<>(Map.of("plan", "pro"));
        Lead lead = lead("introw", "Sign Up", "1").withMetadata(metadata);

        metadata.put("plan", "free");

        assertThat(lead.metadata()).isEqualTo(Map.of("plan", "pro"));
    }

    @ParameterizedTest
    @EnumSource(Verdict.class)
    void onlyAPauseHasADuration(Verdict verdict) {
        @Nullable Duration wrong = verdict == Verdict.PAUSE ? null : Duration.ofSeconds(1);

        assertThatIllegalArgumentException().isThrownBy(() -> new Outcome(verdict, "x", wrong));
    }

    @Test
    void onlyAPauseIsAboutCredentials() {
        assertThat(Outcome.credentials(Duration.ofSeconds(1), "x").credentials())
                .isTrue();
        assertThat(Outcome.pause(Duration.ofSeconds(1), "x").credentials()).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new Outcome(Verdict.RECORDED, "x", null, true, null));
    }

    @ParameterizedTest
    @CsvSource({"RECORDED, true", "DUPLICATE, true", "IGNORED, true", "REJECTED, true", "RETRY, false", "PAUSE, false"})
    void someVerdictsAreFinal(Verdict verdict, boolean isFinal) {
        assertThat(verdict.isFinal()).isEqualTo(isFinal);
    }

    private static Lead lead(String backend, String eventName, String customer) {
        return Lead.of(new Attribution(backend, "click", null), Customer.of(customer), eventName, NOW);
    }
}
