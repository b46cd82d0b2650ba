package io.reftrail.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.LeadSettings;
import io.reftrail.LeadTrigger;
import io.reftrail.OutboxSettings;
import io.reftrail.ReferralSettings;
import io.reftrail.capture.CookieSettings;
import io.reftrail.capture.CookieSigning;
import io.reftrail.capture.ReferralCapture.ClickModel;
import io.reftrail.capture.TouchSettings;
import io.reftrail.delivery.DeliverySettings;
import io.reftrail.policy.PolicySettings;
import io.reftrail.servlet.ConsentSettings;
import io.reftrail.servlet.ReferralCaptureFilter;
import io.reftrail.servlet.StripMode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReftrailPropertiesTests {

    /** What the metadata writes around a list, and a properties file does not. */
    private static final Pattern LIST = Pattern.compile("^\\[|]$|(?<=,) ");

    private static ReftrailProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("reftrail", ReftrailProperties.class);
    }

    @Test
    void defaultsAreTheOnesOfTheLibrary() {
        ReftrailProperties properties = bind(Map.of());
        ReftrailProperties.Cookie cookie = properties.cookie();
        assertThat(new CookieSettings(
                        cookie.path(), cookie.domain(), cookie.sameSite(), cookie.secure(), cookie.keepAfterLead()))
                .isEqualTo(CookieSettings.DEFAULT);
        assertThat(cookie.signing()).isSameAs(CookieSigning.NONE);
        ReftrailProperties.Delivery delivery = properties.delivery();
        assertThat(new DeliverySettings(
                        delivery.connectTimeout(),
                        delivery.responseTimeout(),
                        delivery.maxInFlight(),
                        delivery.shutdownTimeout(),
                        delivery.pollInterval()))
                .isEqualTo(DeliverySettings.DEFAULT);
        ReftrailProperties.Outbox outbox = properties.outbox();
        assertThat(new OutboxSettings(
                        outbox.store(),
                        Path.of(outbox.directory()),
                        outbox.initializeSchema(),
                        outbox.schema(),
                        outbox.tablePrefix(),
                        outbox.retention(),
                        outbox.deadRetention(),
                        properties.attribution().retention(),
                        properties.referrals().retention(),
                        outbox.capacity()))
                .isEqualTo(OutboxSettings.DEFAULT);
        ReftrailProperties.Attribution attribution = properties.attribution();
        assertThat(attribution.enabled()).isFalse();
        assertThat(new TouchSettings(attribution.window(), attribution.ignoredReferrers()))
                .isEqualTo(TouchSettings.DEFAULT);
        assertThat(properties.referrals().enabled()).isFalse();
        assertThat(properties.referrals().settings()).isEqualTo(ReferralSettings.DEFAULT);
        assertThat(properties.filter().order()).isEqualTo(ReferralCaptureFilter.DEFAULT_ORDER);
        assertThat(properties.capture())
                .isEqualTo(new ReftrailProperties.Capture(
                        StripMode.REDIRECT, List.of(), ClickModel.LAST_CLICK, false, 4_096));
        ReftrailProperties.Consent consent = properties.consent();
        assertThat(new ConsentSettings(
                        consent.cookieName(),
                        consent.cookieGranted(),
                        consent.cookieRefused(),
                        consent.tcfCookieName(),
                        consent.tcfPurposes(),
                        properties.capture().honourGlobalPrivacyControl()))
                .isEqualTo(ConsentSettings.DEFAULT);
        assertThat(new LeadSettings(
                        properties.lead().trigger(),
                        properties.lead().include(),
                        properties.lead().cutOff(),
                        properties.lead().createdAtTolerance(),
                        properties.lead().unknownAge()))
                .isEqualTo(LeadSettings.DEFAULT.withUnknownAge(LeadSettings.UnknownAge.HOLD));
        assertThat(properties.lead().trigger()).isEqualTo(LeadTrigger.FIRST_SIGN_IN);
        assertThat(new PolicySettings(
                        properties.lead().selfReferral(),
                        properties.lead().disposableMail(),
                        properties.lead().sameNetwork(),
                        properties.lead().sameNetworkLimit()))
                .isEqualTo(PolicySettings.DEFAULT);
        assertThat(properties.health().oldestAge()).isEqualTo(Duration.ofHours(1));
        assertThat(properties.enabled()).isTrue();
    }

    @Test
    void neverShowsAKey() {
        ReftrailProperties properties =
                bind(Map.of("reftrail.cookie.signing-keys", "s3cret-0123456789-abcdefghijklmnop"));
        assertThat(properties.cookie().signingKeys()).hasSize(1);
        assertThat(List.of(properties, properties.cookie(), properties.cookie().signing())
                        .toString())
                .doesNotContain("s3cret");
    }

    @Test
    void describesEachPropertyAndDocumentsItWithItsDefault() throws Exception {
        List<String> documented = Files.readAllLines(Path.of("..", "docs", "configuration.md")).stream()
                .filter(line -> line.matches("\\| `reftrail\\.(enabled|([a-z-]+\\.)+[a-z-]+)` .*"))
                .filter(line -> !line.contains("web.xml only"))
                .map(line -> line.substring(0, line.indexOf('|', line.indexOf('|', 1) + 1) + 1))
                .toList();
        assertThat(properties()).allSatisfy(property -> {
            String name = property.get("name").asString();
            assertThat(property.path("description").asString("")).as(name).matches("[A-Z].{10,}\\.");
            String otherwise =
                    LIST.matcher(property.path("defaultValue").asString("")).replaceAll("");
            assertThat(documented)
                    .contains("| `" + name + "` |" + (otherwise.isEmpty() ? "" : " `" + otherwise + "`") + " |");
        });
        assertThat(documented).hasSize(properties().size());
    }

    /** What an editor shows as the default is what nothing but the default binds to. */
    @Test
    void showsTheDefaultThatIsBound() throws Exception {
        ReftrailProperties defaults = bind(Map.of());
        assertThat(properties()).allSatisfy(property -> {
            String otherwise =
                    LIST.matcher(property.path("defaultValue").asString("")).replaceAll("");
            String name = property.get("name").asString();
            if (!otherwise.isEmpty()) {
                assertThat(bind(Map.of(name, otherwise))).as(name).isEqualTo(defaults);
            }
        });
    }

    /** Flags and constants explain themselves: an editor offers each of their values. */
    @Test
    void offersValuesForEachPropertyAndOnlyThoseThatCanBeBound() throws Exception {
        Map<String, JsonNode> hints = new HashMap<>();
        metadata("hints").forEach(hint -> hints.put(hint.get("name").asString(), hint.get("values")));
        assertThat(properties()).allSatisfy(property -> {
            String name = property.get("name").asString();
            String type = property.get("type").asString();
            boolean constants = type.matches("(java\\.util\\.Set<)?io\\.reftrail\\..*");
            if (!constants && !type.equals("java.lang.Boolean")) {
                assertThat(hints).as(name).containsKey(name);
            }
        });
        assertThat(hints.keySet())
                .isSubsetOf(properties().stream()
                        .map(property -> property.get("name").asString())
                        .toList());
        assertThat(hints).allSatisfy((name, values) -> assertThat(values)
                .isNotEmpty()
                .allSatisfy(value -> bind(Map.of(name, value.get("value").asString()))));
    }

    private static List<JsonNode> properties() throws IOException {
        return metadata("properties");
    }

    private static List<JsonNode> metadata(String part) throws IOException {
        try (InputStream metadata =
                ReftrailProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            return JsonMapper.shared()
                    .readTree(metadata)
                    .get(part)
                    .valueStream()
                    .filter(property -> property.get("name").asString().startsWith("reftrail."))
                    .toList();
        }
    }
}
