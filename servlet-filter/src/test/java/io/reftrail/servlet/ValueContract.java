package io.reftrail.servlet;

import static io.reftrail.servlet.Kits.introwCookies;
import static io.reftrail.servlet.Kits.refportCookies;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The parameter's value: values that cannot be a click id, repetitions, encoded names. */
class ValueContract extends ServedContract {

    private static final Pattern BROKEN_ENCODING = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final Pattern UNENCODED = Pattern.compile("[\"<>\\\\^`{|}]|[^\\x21-\\x7e]");

    static Stream<Arguments> badValues() {
        return Stream.of(
                Arguments.of("", "EMPTY"),
                Arguments.of("x".repeat(257), "TOO_LONG"),
                Arguments.of("x".repeat(8192), "TOO_LONG"),
                Arguments.of("%41".repeat(257), "TOO_LONG"),
                Arguments.of("%C3%A9".repeat(1400), "TOO_LONG"),
                Arguments.of("%ff%fe", "BROKEN_ENCODING"),
                Arguments.of("%C3%28", "BROKEN_ENCODING"),
                Arguments.of("%u00e9", "BROKEN_ENCODING"),
                Arguments.of("abc%", "BROKEN_ENCODING"),
                Arguments.of("abc%4", "BROKEN_ENCODING"),
                Arguments.of("abc%zz", "BROKEN_ENCODING"),
                Arguments.of("%-1", "BROKEN_ENCODING"),
                Arguments.of("a%00b", "INVALID_CHARACTER"),
                Arguments.of("a%01b", "INVALID_CHARACTER"),
                Arguments.of("a%7fb", "INVALID_CHARACTER"),
                Arguments.of("a%09b", "INVALID_CHARACTER"),
                Arguments.of("a%0d%0aSet-Cookie:%20x=y", "INVALID_CHARACTER"),
                Arguments.of("a%0Ab", "INVALID_CHARACTER"),
                Arguments.of("a;b", "INVALID_CHARACTER"),
                Arguments.of("a%3bb", "INVALID_CHARACTER"),
                Arguments.of("a\"b", "INVALID_CHARACTER"),
                Arguments.of("a%22b", "INVALID_CHARACTER"),
                Arguments.of("a%2Cb", "INVALID_CHARACTER"),
                Arguments.of("a%5Cb", "INVALID_CHARACTER"),
                Arguments.of("a+b", "INVALID_CHARACTER"),
                Arguments.of("%E2%80%AE", "EMPTY"));
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void servesThePageAsIfABadValueHadNotBeenThere(String value, String result) {
        RawResponse response = send(RawRequest.navigation("/params?a=b&irw_id=" + value + "&c=%20d"));

        if (isAnsweredByTheServer(value)) {
            assertThat(response.status()).isEqualTo(400);
            return;
        }
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.seen("query")).isEqualTo("a=b&c=%20d");
        assertThat(response.seen("parameter a")).isEqualTo("[b]");
        assertThat(response.seen("parameter c")).isEqualTo("[ d]");
        assertThat(response.body()).doesNotContain("irw_id");
        assertThat(response.cookies()).isEmpty();
        assertThat(response.headers("Cache-Control")).isEmpty();
        assertThat(captures.reports()).containsExactly("introw " + result);
    }

    private boolean isAnsweredByTheServer(String value) {
        boolean broken = BROKEN_ENCODING.matcher(value).find() && !has(ServerHabit.TAKES_BROKEN_ENCODINGS);
        return broken || (UNENCODED.matcher(value).find() && !has(ServerHabit.TAKES_UNENCODED_CHARACTERS));
    }

    /** Servers refuse to read a form beside a broken encoding; so they do without us. */
    static Stream<Arguments> decodableBadValues() {
        Pattern broken = Pattern.compile("%(?![0-7][0-9A-Fa-f]|C3%A9|A9|E2%80%AE|80|AE)");
        return badValues()
                .filter(row -> !broken.matcher(row.get()[0].toString()).find());
    }

    @ParameterizedTest
    @MethodSource("decodableBadValues")
    void readsTheFormOfAPageWithABadValueInItsUrl(String value, String result) {
        RawResponse response =
                send(RawRequest.form("/params?a=b&irw_id=" + value, "irw_id=mine&email=me%40example.com&a=c"));

        if (isAnsweredByTheServer(value)) {
            assertThat(response.status()).isEqualTo(400);
            return;
        }
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.seen("parameter a")).isEqualTo("[b, c]");
        assertThat(response.seen("parameter email")).isEqualTo("[me@example.com]");
        assertThat(response.seen("parameter irw_id")).isEqualTo("[mine]");
        assertThat(response.cookies()).isEmpty();
        assertThat(captures.reports()).containsExactly("introw NOT_A_VISIT");
    }

    @Test
    void keepsTheGoodValueOfOneBackendBesideTheBadOneOfAnother() {
        boolean broken = has(ServerHabit.TAKES_BROKEN_ENCODINGS);
        String bad = broken ? "%zz" : "a%0Ab";

        RawResponse response = send(RawRequest.navigation("/page?irw_id=" + bad + "&refp_id=two"));

        assertThat(response.location()).isEqualTo("?");
        assertThat(response.cookies()).containsExactly(refportCookies("two"));
        assertThat(captures.reports())
                .containsExactly("introw " + (broken ? "BROKEN_ENCODING" : "INVALID_CHARACTER"), "refport CAPTURED");
    }

    @ParameterizedTest
    @CsvSource({
        "irw_id=one&irw_id=two, one",
        "irw_id=&irw_id=two&irw_id=three, two",
        "irw_id&irw_id=two, two",
        "a=b&irw_id=one&irw_id=, one"
    })
    void takesTheFirstValueThatIsNotEmptyAndStripsAll(String query, String clickId) {
        RawResponse response = send(RawRequest.navigation("/page?" + query + "&z=1"));

        assertThat(response.location()).endsWith("z=1").doesNotContain("irw_id");
        assertThat(response.cookies()).containsExactly(introwCookies(clickId));
        assertThat(captures.reports()).containsExactly("introw CAPTURED");
    }

    @ParameterizedTest
    @CsvSource({"irw%5fid=one", "irw%5Fid=one", "%69%72%77%5f%69%64=one", "irw_i%64=one", "irw_id=%6f%6e%65"})
    void decodesTheNameAndTheValue(String pair) {
        RawResponse response = send(RawRequest.navigation("/page?%61=%62&" + pair + "&+=+"));

        assertThat(response.location()).isEqualTo("?%61=%62&+=+");
        assertThat(response.cookies()).containsExactly(introwCookies("one"));
    }

    @Test
    void takesTheLongestClickIdOfTheVendor() {
        String longest = "x".repeat(256);

        assertThat(send(RawRequest.navigation("/page?irw_id=" + longest)).cookies())
                .containsExactly(introwCookies(longest));
    }
}
