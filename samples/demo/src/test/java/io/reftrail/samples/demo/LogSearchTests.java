package io.reftrail.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the check finds in a log, if it is there: one line for each kind. */
class LogSearchTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DEBUG Lead of lea@example.org",
                "DEBUG Customer[name=Lea]",
                "TRACE Kim Sorensen",
                "TRACE User-Agent: Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0",
                "INFO forwarded for 203.0.113.7",
                "WARN click aff_0123 is unknown",
                "WARN click=clk_1",
                "DEBUG Location: ./?irw_id=x",
                "DEBUG invoice inv-6f1c",
                "DEBUG x-api-key: sandbox-introw-key",
                "DEBUG Authorization: Bearer sk_live_sandbox",
                "DEBUG client secret shop-secret"
            })
    void findsWhatTellsOfAPersonAClickOrAKey(String line) {
        assertThat(LogSearch.find("INFO before\n" + line + "\nINFO after")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DEBUG from 127.0.0.1", "DEBUG from 0:0:0:0:0:0:0:1"})
    void findsAnAddressWhereThereShouldBeNone(String line) {
        assertThat(LogSearch.findAlsoAddresses(line)).isPresent();
        assertThat(LogSearch.find(line)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INFO Reftrail reports to [introw, dub]; leads wait in the application's H2 database",
                "DEBUG Lead[backend=introw] was recorded",
                "WARN The listener io.reftrail.samples.shop.Counter failed"
            })
    void findsNothingInWhatReftrailSays(String line) {
        assertThat(LogSearch.findAlsoAddresses(line)).isEmpty();
    }
}
