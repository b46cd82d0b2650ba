package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import jakarta.servlet.ServletException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Start-up from a {@code web.xml}: what cannot work is said at once, with what to write instead. */
class StartContract extends ServedContract {

    private static final String KEY = "sk_secret_0815";

    private final ObservedFilter filter = new ObservedFilter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "capture.strip                        | yes              | Write one of [redirect, wrap, off]",
                "capture.attribution-model            | last             | Write one of [last-click, first-click]",
                "cookie.same-site             | laxx             | Write one of [strict, lax, none]",
                "cookie.same-site             | none             | cookie.secure",
                "cookie.secure                | true             | Write one of [auto, always, never]",
                "cookie.path                  | shop             | Write a path that begins with a slash",
                "cookie.path                  | /a;b             | Write a path that begins with a slash",
                "cookie.domain                | https://a.example | Write the site's domain without scheme",
                "cookie.keep-after-lead       | introw, dub      | Write names of these: introw, refport",
                "cookie.signing-keys          | 0123456789-abcdef | Write 32 or more random characters",
                "cookie.signing-keys          | ${reftrail.absent} | Write 32 or more random characters",
                "cookie.accept-script-cookies | true             | Write cookie.signing-keys too",
                "cookie.accept-unsigned-until | 2027-03-01       | Write one such as '2026-11-21T00:00:00Z'",
                "cookie.accept-unsigned-until | 2027-03-01T00:00:00Z | Write cookie.signing-keys too",
                "cookie.host-prefix           | true             | Write cookie.signing-keys too",
                "capture.honour-global-privacy-control | 1               | neither true nor false",
                "capture.exclude                      | api              | Write '/path', '/path/*' or '*.ext'",
                "capture.exclude                      | /ok, /api/**     | Write '/path', '/path/*' or '*.ext'",
                "capture.exclude                      | /a*b             | Write '/path', '/path/*' or '*.ext'",
                "delivery.connect-timeout     | 2                | Write a number and a unit",
                "delivery.connect-timeout     | 0s               | Write a duration such as '2s'",
                "delivery.response-timeout    | 1.5s             | Write a number and a unit",
                "delivery.response-timeout    | 0ms              | Write a duration such as '2s'",
                "delivery.shutdown-timeout    | -1s              | Write a number and a unit",
                "delivery.max-in-flight       | 0                | Write a positive number",
                "delivery.max-in-flight       | many             | Write digits only",
                "lead.trigger                 | sometimes        | Write one of [first-sign-in, sign-up, every-sign-in]",
                "lead.include                 | email, phone     | Write one of [email, name, avatar]",
                "lead.cut-off                 | 2026-11-21       | Write one such as '2026-11-21T00:00:00Z'",
                "outbox.capacity              | 0                | Write a positive number",
                "outbox.capacity              | 1e3              | Write digits only",
                "introw.base-url              | api.introw.io    | Write scheme and host",
                "introw.base-url              | ftp://a.example  | Write scheme and host",
                "introw.base-url              | https://u:p@a.example | without query and credentials",
                "refport.base-url             | https://a.example?x=1 | without query and credentials",
                "cookie.domain                | co.uk            | is a public suffix",
                "consent.tcf-cookie-name      | a b              | cannot be the name of a cookie",
                "consent.tcf-purposes         | one              | is not a number",
                "consent.tcf-purposes         | 1, 25            | numbers from 1 to 24",
                "introw.api-kee               | x                | introw.api-key, introw.base-url, introw.calls-per-minute"
            })
    void refusesWhatCannotWork(String name, String value, String advice) {
        assertFails(keyed().initParameter(name, value), name, advice);
    }

    @ParameterizedTest
    @CsvSource({"introw.api-key", "refport.api-key"})
    void refusesAKeyThatIsNoneWithoutShowingIt(String name) {
        assertFails(new WebApp(filter).initParameter(name, KEY + " " + KEY), name, "without quotes and line breaks");
        assertFails(new WebApp(filter).initParameter(name, "${reftrail.absent}"), name, "never filled in");
    }

    @Test
    void namesOnlyTheNameOfAnUnknownParameter() {
        assertFails(keyed().initParameter("introw.key", KEY), "introw.key", "there is no such init-param");
    }

    @ParameterizedTest
    @CsvSource({"''", "' '", "${reftrail.blank}"})
    void takesABlankKeyForNone(String blank) {
        System.setProperty("reftrail.blank", " ");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(FilterConfiguration.class);
        log.start();
        logger.addAppender(log);
        try {
            serve(new WebApp(filter).initParameter("introw.api-key", blank));

            RawResponse response = send(RawRequest.navigation("/page?irw_id=one&refp_id=two"));

            assertThat(response.seen("query")).isEqualTo("irw_id=one&refp_id=two");
            assertThat(response.cookies()).isEmpty();
            assertThat(log.list).singleElement().satisfies(event -> assertThat(event.getFormattedMessage())
                    .contains("no backend", "introw.api-key", "dub.api-key"));
        } finally {
            logger.detachAppender(log);
            System.clearProperty("reftrail.blank");
        }
    }

    private WebApp declaring() {
        return new WebApp(filter)
                .initParameter("backends", "acme")
                .initParameter("backends.acme.declaration", "/declared/acme.json")
                .initParameter("backends.acme.api-key", KEY);
    }

    @Test
    void activatesABackendThatAResourceDeclares() {
        serve(declaring());

        assertThat(send(RawRequest.navigation("/page?acme_id=c-1")).cookies().get(0))
                .startsWith("acme_id=c-1; ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "backends.acme.api-key     | ''                    | acme.api-key | the value is missing",
                "backends.acme.declaration | ''                    | backends.acme.declaration | the value is missing",
                "backends.acme.declaration | /declared/none.json   | backends.acme.declaration | there is no /declared/none.json",
                "backends.acme.declaration | /declared/broken.json | /declared/broken.json | line 4, /capture/0/window: ",
                "backends.acme.declaration | /declared/unknown-key.json | /declared/unknown-key.json | line 10, /calls/lead/retries: there is no key 'retries'",
                "backends.acme.declaration | /declared/unknown-placeholder.json | /declared/unknown-placeholder.json | line 10, /calls/lead/json/user: ",
                "backends.acme.declaration | /declared/broken-pointer.json | /declared/broken-pointer.json | line 12, /calls/lead/answers/0/at: ",
                "backends.acme.declaration | /declared/secret-in-path.json | /declared/secret-in-path.json | line 9, /calls/lead/path: the secret {setting.api-key} would show",
                "backends.acme.declaration | /declared/line-break.json | /declared/line-break.json | line 6, /headers/X-Team: a header has a line break",
                "backends.acme.declaration | /declared/cookie-of-introw.json | acme | the cookie '_introw_aff' is also that of introw",
                "backends.acme.declaration | /declared/parameter-of-introw.json | acme | the parameter 'irw_id' is also that of introw",
                "backends.acme.colour      | red                   | backends.acme.colour | there is no such init-param",
            })
    void refusesADeclarationThatCannotWork(String name, String value, String place, String problem) {
        assertFails(declaring().initParameter("introw.api-key", KEY).initParameter(name, value), place, problem);
    }

    private WebApp keyed() {
        return new WebApp(filter).initParameter("introw.api-key", KEY).initParameter("refport.api-key", KEY);
    }

    private void assertFails(WebApp app, String name, String advice) {
        assertThatThrownBy(() -> serve(app)).hasMessage("the application did not start");
        assertThat(filter.failure())
                .isInstanceOf(ServletException.class)
                .hasMessageStartingWith("Reftrail cannot start: " + name + ": ")
                .hasMessageContaining(advice);
        assertThat(String.valueOf(filter.failure())).doesNotContain(KEY);
    }
}
