package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each init-param of capture at work. */
class InitParameterContract extends ServedContract {

    private static final String LINK = "/page?irw_id=one&a=b";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cookie.path      | /shop        | ; Path=/shop; SameSite=Lax",
                "cookie.domain    | example.com  | ; Path=/; Domain=example.com; SameSite=Lax",
                "cookie.domain    | .example.com | ; Path=/; Domain=example.com; SameSite=Lax",
                "cookie.same-site | strict       | ; Path=/; SameSite=Strict",
                "cookie.same-site | LAX          | ; Path=/; SameSite=Lax",
                "cookie.secure    | always       | ; Path=/; Secure; SameSite=Lax",
                "cookie.secure    | never        | ; Path=/; SameSite=Lax",
                "cookie.secure    | auto         | ; Path=/; SameSite=Lax"
            })
    void setsTheAttributesOfTheCookie(String name, String value, String attributes) {
        serve(introw().initParameter(name, value));

        assertThat(send(RawRequest.navigation(LINK)).cookies().get(0))
                .isEqualTo("_introw_aff=one; Max-Age=7776000" + attributes);
    }

    @Test
    void takesSameSiteNoneForSecureCookies() {
        serve(introw().initParameter("cookie.same-site", "none").initParameter("cookie.secure", "always"));

        assertThat(send(RawRequest.navigation(LINK)).cookies().get(0)).endsWith("; Path=/; Secure; SameSite=None");
    }

    @ParameterizedTest
    @CsvSource({"redirect, 302, ''", "wrap, 200, a=b", "off, 200, irw_id=one&a=b"})
    void stripsAsToldToDo(String strip, int status, String query) {
        serve(introw().initParameter("capture.strip", strip));

        RawResponse response = send(RawRequest.navigation(LINK));

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.seen("query")).isEqualTo(query);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"true, captured; introw", "false, -"})
    void explainsItsDecisionWhereItIsToldTo(String explain, String decision) {
        serve(introw().initParameter("debug.explain", explain));

        assertThat(send(RawRequest.navigation(LINK)).headers("Reftrail-Decision"))
                .containsExactlyElementsOf(decision == null ? List.of() : List.of(decision));
    }

    @ParameterizedTest
    @CsvSource({"first-click, 0", "last-click, 2"})
    void countsTheClickOfTheModel(String model, int cookies) {
        serve(introw().initParameter("capture.attribution-model", model));

        assertThat(send(RawRequest.navigation(LINK).with("Cookie", "_introw_aff=before"))
                        .cookies())
                .filteredOn(cookie -> cookie.contains("introw"))
                .hasSize(cookies);
    }

    @ParameterizedTest
    @CsvSource({"false, 2", "true, 0"})
    void countsOnlyWhatIsSignedWhereThereAreKeys(String scripts, int cookies) {
        serve(introw().initParameter("cookie.signing-keys", "0123456789-abcdefghijklmnopqrstuvwxyz,")
                .initParameter("cookie.accept-script-cookies", scripts)
                .initParameter("cookie.host-prefix", "true")
                .initParameter("cookie.secure", "always")
                .initParameter("capture.attribution-model", "first-click"));

        RawResponse landing = send(RawRequest.navigation(LINK));
        assertThat(landing.cookies().get(1))
                .matches("__Host-_reftrail_introw=[\\w-]{22}\\*\\d+\\.[0-9a-f]{32}; Max-Age=7776000; Path=/;"
                        + " Secure; HttpOnly; SameSite=Lax");
        String kept = String.join("; ", landing.cookies()).replaceAll("; (Max-Age|Path)=[^;]*|; (Secure|HttpOnly)", "");
        assertThat(send(RawRequest.navigation("/page?irw_id=two").with("Cookie", kept))
                        .cookies())
                .noneMatch(cookie -> cookie.contains("introw"));
        assertThat(send(RawRequest.navigation("/page?irw_id=two").with("Cookie", "_introw_aff=one"))
                        .cookies())
                .filteredOn(cookie -> cookie.contains("introw"))
                .hasSize(cookies);
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "false, 2"})
    void honoursGlobalPrivacyControl(String honour, int cookies) {
        serve(introw().initParameter("capture.honour-global-privacy-control", honour));

        assertThat(send(RawRequest.navigation(LINK).with("Sec-GPC", "1")).cookies())
                .hasSize(cookies);
    }

    @ParameterizedTest
    @CsvSource({
        "a=b, 200, 0",
        "tool=all%3Ayes, 302, 2",
        "tool=all%3Ano, 302, 0",
        "tool=undecided, 200, 0",
        "tool=all%3Ayes; tool=all%3Ano, 302, 0"
    })
    void asksTheCookieOfAConsentTool(String cookies, int status, int kept) {
        serve(introw().initParameter("consent.cookie-name", "tool")
                .initParameter("consent.cookie-granted", "all:yes")
                .initParameter("consent.cookie-refused", "all:no"));

        RawResponse response = send(RawRequest.navigation(LINK).with("Cookie", cookies));

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.cookies()).hasSize(kept);
    }

    /** Purposes 1, 2 and 3 are consented to in it: the example of the specification. */
    @ParameterizedTest
    @CsvSource({"1, 302, 2", "'1, 3', 302, 2", "'1, 7', 302, 0"})
    void asksForThePurposesInATcString(String purposes, int status, int kept) {
        serve(introw().initParameter("consent.tcf-purposes", purposes).initParameter("consent.tcf-cookie-name", "tcf"));

        RawResponse response =
                send(RawRequest.navigation(LINK).with("Cookie", "tcf=COvFyGBOvFyGBAbAAAENAPCAAOAAAAAAAAAAAEEUACCKAAA"));

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.cookies()).hasSize(kept);
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "1, 0"})
    void takesABrowsersRefusalBeforeAToolsConsent(String signal, int kept) {
        serve(introw().initParameter("capture.honour-global-privacy-control", "true")
                .initParameter("consent.cookie-name", "tool")
                .initParameter("consent.cookie-granted", "yes"));

        assertThat(send(RawRequest.navigation(LINK).with("Cookie", "tool=yes").with("Sec-GPC", signal))
                        .cookies())
                .hasSize(kept);
    }

    @ParameterizedTest
    @CsvSource({"/health, 0", "/api/x, 0", "/a.json, 0", "/page, 2"})
    void excludesPaths(String path, int cookies) {
        serve(introw().initParameter("capture.exclude", " /health ,/api/*,, *.json"));

        assertThat(send(RawRequest.navigation(path + "?irw_id=one")).cookies()).hasSize(cookies);
    }

    @ParameterizedTest
    @CsvSource({"introw, _introw_aff", "refport, refp_id"})
    void activatesTheBackendsThatHaveAKey(String backend, String cookie) {
        serve(new WebApp(new ReferralCaptureFilter()).initParameter(backend + ".api-key", "key"));

        assertThat(send(RawRequest.navigation("/page?irw_id=one&refp_id=two")).cookies())
                .hasSize(2)
                .first()
                .asString()
                .startsWith(cookie + "=");
    }

    private static WebApp introw() {
        return new WebApp(new ReferralCaptureFilter()).initParameter("introw.api-key", "key");
    }
}
