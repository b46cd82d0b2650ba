package io.reftrail.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reftrail.capture.CaptureRule;
import io.reftrail.capture.CaptureRule.Meaning;
import io.reftrail.capture.PartnerCodes;
import io.reftrail.model.InvalidSettingException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which codes are captured is a setting of each vendor whose links carry codes. */
class PartnerCodesSettingsTests {

    /** All whose links carry codes, or click ids in a parameter that applications have too. */
    static List<String> vendors() {
        return List.of(
                "affihub", "affitor", "affonso", "dub", "everflow", "firstpromoter", "rewardful", "tapfiliate", "tolt");
    }

    private static TrackingBackend backend(String vendor, Map<String, Object> settings) {
        Map<String, Object> all = new TreeMap<>(Map.of("dub.domain", "go.shop.example"));
        Map.of(
                        "api-key", "key",
                        "program-id", "prg_1",
                        "account-id", "acc-1",
                        "network-id", "n1",
                        "sale-event-id", "7",
                        "currency", "EUR",
                        "base-url", "https://api.example.com")
                .forEach((name, value) -> all.put(vendor + "." + name, value));
        settings.forEach((name, value) -> all.put(vendor + "." + name, value));
        @Nullable
        TrackingBackend backend = BackendProvider.all().stream()
                .filter(declared -> declared.backend().equals(vendor))
                .findFirst()
                .orElseThrow()
                .create(setting -> all.get(setting.name()));
        assertThat(backend).isNotNull();
        return backend;
    }

    private static List<PartnerCodes> codes(TrackingBackend backend) {
        return backend.captureRules().stream()
                .filter(rule -> rule.meaning() != Meaning.CLICK_ID
                        || rule.parameters().stream().anyMatch(PartnerCodes::isGeneric))
                .map(CaptureRule::codes)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("vendors")
    void aListAndAPatternReachTheRule(String vendor) {
        TrackingBackend backend =
                backend(vendor, Map.of("codes", List.of("nora", "mia"), "code-pattern", "[a-z]{3,8}"));

        assertThat(codes(backend)).singleElement().satisfies(codes -> {
            assertThat(codes.list()).isEqualTo(Set.of("nora", "mia"));
            assertThat(codes.pattern()).hasToString("[a-z]{3,8}");
        });
    }

    @ParameterizedTest
    @MethodSource("vendors")
    void anyCodeIsCapturedByDefault(String vendor) {
        assertThat(codes(backend(vendor, Map.of()))).containsExactly(PartnerCodes.ANY);
    }

    @ParameterizedTest
    @MethodSource("vendors")
    void aBrokenPatternStopsTheStart(String vendor) {
        assertThatThrownBy(() -> backend(vendor, Map.of("code-pattern", "[a-z")))
                .isInstanceOfSatisfying(InvalidSettingException.class, invalid -> assertThat(invalid.setting())
                        .isEqualTo(vendor + ".code-pattern"));
    }

    @Test
    void vendorsWithoutCodesHaveNoSuchSetting() {
        assertThat(BackendProvider.all().stream()
                        .flatMap(vendor -> vendor.all().stream())
                        .map(BackendSettings.Setting::name)
                        .filter(name -> name.endsWith(".codes"))
                        .map(name -> name.substring(0, name.indexOf('.'))))
                .containsExactlyInAnyOrderElementsOf(vendors());
    }
}
