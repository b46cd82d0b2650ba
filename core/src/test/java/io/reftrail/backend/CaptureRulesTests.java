package io.reftrail.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.backend.affihub.AffihubBackend;
import io.reftrail.backend.affitor.AffitorBackend;
import io.reftrail.backend.affonso.AffonsoBackend;
import io.reftrail.backend.declared.BackendDeclaration;
import io.reftrail.backend.dub.DubBackend;
import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.backend.refport.RefportBackend;
import io.reftrail.capture.CaptureRule;
import io.reftrail.capture.CaptureRule.CookieEncoding;
import io.reftrail.capture.CaptureRule.Meaning;
import io.reftrail.capture.PartnerCodes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How clicks arrive and are kept, by section 2 of each contract. */
class CaptureRulesTests {

    private static CaptureRule rule(String backend, List<String> parameters, String cookie, int days, boolean script) {
        return new CaptureRule(backend, parameters, cookie, Duration.ofDays(days), 512, CookieEncoding.RAW, script);
    }

    /** An application's own parameter of everyday use is not hidden from it, whichever vendor is active. */
    @Test
    void aParameterWithoutTheNameOfItsVendorIsGeneric() {
        List<String> captured = Stream.concat(
                        BackendDeclaration.shipped().stream()
                                .flatMap(name ->
                                        BackendDeclaration.shipped(name).sample(Map.of()).captureRules().stream()),
                        Stream.of(
                                        AffitorBackend.builder("t")
                                                .captureRef(true)
                                                .build(),
                                        AffonsoBackend.of("k", "p"),
                                        AffihubBackend.of("p"),
                                        DubBackend.builder("k")
                                                .domain("go.shop.example")
                                                .build(),
                                        IntrowBackend.of("k"),
                                        RefportBackend.of("k"))
                                .flatMap(backend -> backend.captureRules().stream()))
                .flatMap(rule -> rule.parameters().stream())
                .distinct()
                .filter(parameter -> !PartnerCodes.isGeneric(parameter))
                .toList();

        assertThat(captured)
                .containsExactlyInAnyOrder(
                        "_ef_transaction_id",
                        "fp_ref",
                        "_from",
                        "_by",
                        "_go",
                        "atp",
                        "affonso",
                        "dub_id",
                        "irw_id",
                        "refp_id");
    }

    @Test
    void affitorExchangesAffAndStillReadsTheOlderCookies() {
        CaptureRule customer =
                rule("affitor", List.of(), "affitor_customer", 60, true).writtenAcrossHosts();
        CaptureRule code = rule("affitor", List.of(), "customer_code", 60, true).writtenAcrossHosts();

        assertThat(AffitorBackend.of("t").captureRules()).containsExactly(affitor(List.of("aff")), customer, code);
        assertThat(AffitorBackend.builder("t").captureRef(true).build().captureRules())
                .containsExactly(affitor(List.of("aff", "ref")), customer, code);
    }

    private static CaptureRule affitor(List<String> parameters) {
        return rule("affitor", parameters, "affitor_click_id", 60, true)
                .meaning(Meaning.EXCHANGED_CODE)
                .keepingLandingIn("affitor_aff_url")
                .writtenAcrossHosts();
    }

    @Test
    void affonsoExchangesFiveParametersUnlessSomeAreSwitchedOff() {
        List<String> forwarded = List.of(
                "sub1",
                "sub2",
                "sub3",
                "sub4",
                "sub5",
                "utm_source",
                "utm_medium",
                "utm_campaign",
                "utm_term",
                "utm_content",
                "gclid",
                "fbclid",
                "msclkid",
                "ttclid");
        CaptureRule all = rule("affonso", List.of("atp", "via", "affonso", "aff", "ref"), "affonso_referral", 30, true)
                .meaning(Meaning.EXCHANGED_CODE)
                .forwarding(forwarded)
                .writtenAcrossHosts();
        CaptureRule some = rule("affonso", List.of("ref", "atp"), "affonso_referral", 180, true)
                .meaning(Meaning.EXCHANGED_CODE)
                .forwarding(forwarded)
                .writtenAcrossHosts();

        assertThat(AffonsoBackend.of("k", "p").captureRules()).containsExactly(all);
        assertThat(AffonsoBackend.builder("k", "p")
                        .parameters(List.of("ref", "atp"))
                        .cookieDuration(Duration.ofDays(180))
                        .build()
                        .captureRules())
                .containsExactly(some);
    }

    @Test
    void affihubCountsEachLandingAndKeepsTheSlugFromScripts() {
        assertThat(AffihubBackend.of("p").captureRules())
                .containsExactly(rule("affihub", List.of("ref"), "affihub_ref", 90, false)
                        .meaning(Meaning.COUNTED_CODE));
    }

    @Test
    void dubExchangesLinkKeysOnlyWhereADomainIsSet() {
        CaptureRule id = dubRule(List.of("dub_id"));

        assertThat(DubBackend.builder("k").parameters(List.of("ref")).build().captureRules())
                .containsExactly(id);
        assertThat(DubBackend.builder("k").domain("go.shop.example").build().captureRules())
                .containsExactly(id, dub(List.of("via")));
        assertThat(DubBackend.builder("k")
                        .domain("go.shop.example")
                        .parameters(List.of("ref", "via", "p"))
                        .build()
                        .captureRules())
                .containsExactly(id, dub(List.of("ref", "via", "p")));
    }

    private static CaptureRule dub(List<String> parameters) {
        return dubRule(parameters).meaning(Meaning.EXCHANGED_CODE);
    }

    /** The agents are those of the contract page, which {@code DubRobotTests} compares with it. */
    private static CaptureRule dubRule(List<String> parameters) {
        List<String> agents = DubBackend.of("k").captureRules().get(0).unrecordedAgents();
        return rule("dub", parameters, "dub_id", 90, true).writtenAcrossHosts().notRecording(agents);
    }
}
