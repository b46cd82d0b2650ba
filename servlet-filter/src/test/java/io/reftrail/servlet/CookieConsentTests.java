package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.servlet.ConsentPolicy.Consent;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Mockito;

/** What the cookies of consent tools say, as their makers write them, and what strangers make of them. */
class CookieConsentTests {

    private static final ConsentPolicy DECIDED = ConsentPolicy.cookie("consent", Pattern.compile("marketing:true"));
    private static final ConsentPolicy OPEN = ConsentPolicy.cookie(
            "consent", Pattern.compile("marketing:(true|yes)"), Pattern.compile("marketing:(false|no)"));

    static HttpServletRequest request(String... cookieHeaders) {
        HttpServletRequest request = Mockito.mock();
        Mockito.when(request.getHeaders("Cookie"))
                .thenAnswer(asked -> Collections.enumeration(Arrays.asList(cookieHeaders)));
        return request;
    }

    /** Each search is given up after a while, but two hundred of them would take a while each. */
    @Test
    void moreCookiesOfTheNameThanABrowserHasAreNotRead() {
        ConsentPolicy greedy = ConsentPolicy.cookie("consent", Pattern.compile("(a+)+:true"));
        String[] twenty = new String[20];
        Arrays.fill(twenty, "consent=aaaaaaaa:true");

        assertThat(greedy.decide(request(twenty))).isEqualTo(Consent.GRANTED);
        assertThat(greedy.decide(request(("consent=" + "a".repeat(28) + "!; ").repeat(200))))
                .isEqualTo(Consent.PENDING);
        assertThat(greedy.decide(request("consent=aaaaaaaa:true; ".repeat(21)))).isEqualTo(Consent.PENDING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=b                                        | PENDING",
                "consent=                                   | PENDING",
                "consent=marketing:true                     | GRANTED",
                "a=b; consent=x,marketing:true,y; c=d       | GRANTED",
                "consent=marketing:false                    | REFUSED",
                "consent=x                                  | REFUSED",
                "consents=marketing:true                    | PENDING",
                "a=consent=marketing:true                   | PENDING",
                "Consent=marketing:true                     | PENDING",
                "consent=marketing%3Atrue                   | GRANTED",
                "consent=%7Bmarketing%3atrue%7D             | GRANTED",
                "consent=marketing%3Atrue%2                 | REFUSED",
                "consent=marketing:true%                    | GRANTED",
                "consent=marketing:true; consent=x          | REFUSED",
                "consent=x; consent=marketing:true          | REFUSED",
                "consent=marketing:true; consent=marketing:true | GRANTED"
            })
    void aCookieThatStandsForADecisionRefusesWhatItDoesNotGrant(String cookies, Consent consent) {
        assertThat(DECIDED.decide(request(cookies))).isEqualTo(consent);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=b                                        | PENDING",
                "consent=marketing:yes                      | GRANTED",
                "consent=marketing:no                       | REFUSED",
                "consent=nothing-yet                        | PENDING",
                "consent=marketing:yes,marketing:no         | REFUSED",
                "consent=marketing:yes; consent=nothing-yet | PENDING",
                "consent=nothing-yet; consent=marketing:no  | REFUSED"
            })
    void aCookieThatIsThereBeforeTheDecisionMayLeaveItOpen(String cookies, Consent consent) {
        assertThat(OPEN.decide(request(cookies))).isEqualTo(consent);
    }

    /** The values as the tools' own pages show them, encoded as a browser's {@code encodeURIComponent} does. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "CookieConsent  | marketing:true    | {stamp:'abcd1234',necessary:true,preferences:false,statistics:true,marketing:true,ver:1,utc:1740000000000,region:'fr'}  | GRANTED",
                "CookieConsent  | marketing:true    | {stamp:'abcd1234',necessary:true,preferences:false,statistics:true,marketing:false,ver:1,utc:1740000000000,region:'fr'} | REFUSED",
                "OptanonConsent | C0004:1           | groups=C0001:1,C0002:0,C0003:0,C0004:1&AwaitingReconsent=false | GRANTED",
                "OptanonConsent | C0004:1           | groups=C0004:0,C0001:1,C0002:0,C0003:0                         | REFUSED",
                "klaro          | 'reftrail':true   | {'matomo':false,'reftrail':true}  | GRANTED",
                "klaro          | 'reftrail':true   | {'matomo':true,'reftrail':false}  | REFUSED"
            })
    void readsTheCookiesOfWellKnownTools(String name, String granted, String value, Consent consent) {
        ConsentPolicy policy = ConsentPolicy.cookie(name, Pattern.compile(granted.replace('\'', '"')));
        String encoded = URLEncoder.encode(value.replace('\'', '"'), StandardCharsets.UTF_8)
                .replace("+", "%20");
        assertThat(policy.decide(request(name + "=" + encoded))).isEqualTo(consent);
    }

    @Test
    void looksAtAllHeaderLines() {
        assertThat(OPEN.decide(request("a=b", "consent=marketing:yes"))).isEqualTo(Consent.GRANTED);
        assertThat(OPEN.decide(request("consent=marketing:yes", "consent=marketing:no")))
                .isEqualTo(Consent.REFUSED);
    }

    @Test
    void takesWhatIsLongerThanAnyCookieForNothing() {
        String longest = "x".repeat(4_096 - "marketing:yes".length());

        assertThat(OPEN.decide(request("consent=" + longest + "marketing:yes"))).isEqualTo(Consent.GRANTED);
        assertThat(OPEN.decide(request("consent=" + longest + "xmarketing:yes")))
                .isEqualTo(Consent.PENDING);
    }

    @Test
    void givesUpASearchThatDoesNotEnd() {
        ConsentPolicy policy = ConsentPolicy.cookie("consent", Pattern.compile("(x+x+)+y"));

        assertThat(policy.decide(request("consent=" + "x".repeat(4_000)))).isEqualTo(Consent.PENDING);
    }

    @Test
    void givesUpASearchThatIsTooDeepForTheStack() throws InterruptedException {
        ConsentPolicy policy = ConsentPolicy.cookie("consent", Pattern.compile("(x|y)*z"));
        HttpServletRequest request = request("consent=" + "xy".repeat(2_000));
        AtomicReference<Consent> decision = new AtomicReference<>();
        Thread shallow = new Thread(null, () -> decision.set(policy.decide(request)), "shallow", 128 * 1024);
        shallow.start();
        shallow.join();

        assertThat(decision).hasValue(Consent.PENDING);
    }

    @ParameterizedTest
    @CsvSource({
        "GRANTED, GRANTED, GRANTED",
        "GRANTED, PENDING, PENDING",
        "GRANTED, REFUSED, REFUSED",
        "PENDING, GRANTED, PENDING",
        "PENDING, PENDING, PENDING",
        "PENDING, REFUSED, REFUSED",
        "REFUSED, GRANTED, REFUSED",
        "REFUSED, PENDING, REFUSED",
        "REFUSED, REFUSED, REFUSED"
    })
    void ofTwoPoliciesTheStricterAnswerCounts(Consent one, Consent other, Consent both) {
        ConsentPolicy first = request -> one;
        ConsentPolicy second = request -> other;

        assertThat(first.and(second).decide(request())).isEqualTo(both);
    }

    @Test
    void aBrowsersSignalOverrulesTheConsentTool() {
        ConsentPolicy policy = ConsentPolicy.GLOBAL_PRIVACY_CONTROL.and(DECIDED);
        HttpServletRequest request = request("consent=marketing:true");

        assertThat(policy.decide(request)).isEqualTo(Consent.GRANTED);
        Mockito.when(request.getHeader("Sec-GPC")).thenReturn("1");
        assertThat(policy.decide(request)).isEqualTo(Consent.REFUSED);
    }
}
