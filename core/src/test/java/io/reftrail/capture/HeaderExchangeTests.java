package io.reftrail.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HeaderExchangeTests {

    static Stream<Arguments> requests() {
        Map<String, String> cookies = new LinkedHashMap<>();
        cookies.put("sid", "1");
        cookies.put("_introw_aff", "aff_1");
        Map<String, String> hostile = new LinkedHashMap<>();
        hostile.put("name", "x; _introw_aff=aff_2");
        hostile.put("line", "x\r\nCookie: _introw_aff=aff_2");
        hostile.put("_introw_aff", "aff_1");
        return Stream.of(
                arguments(
                        "header lines",
                        HeaderExchange.of(List.of("sid=1", "_introw_aff=aff_1"), true),
                        List.of("sid=1", "_introw_aff=aff_1")),
                arguments(
                        "one line",
                        HeaderExchange.of("sid=1; _introw_aff=aff_1", true),
                        List.of("sid=1; _introw_aff=aff_1")),
                arguments("no line", HeaderExchange.of((String) null, true), List.of()),
                arguments("no lines", HeaderExchange.of(List.of(), true), List.of()),
                arguments("cookies", HeaderExchange.of(cookies, true), List.of("sid=1; _introw_aff=aff_1")),
                arguments("no cookies", HeaderExchange.of(Map.of(), true), List.of()),
                arguments(
                        "cookies that could not have come",
                        HeaderExchange.of(hostile, true),
                        List.of("_introw_aff=aff_1")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void aRequestIsReadFromWhatAFrameworkHas(String from, HeaderExchange exchange, List<String> headers) {
        assertThat(exchange.cookieHeaders()).isEqualTo(headers);
    }

    @Test
    void whatIsSetIsCollectedInOrder() {
        HeaderExchange exchange = HeaderExchange.of("a=1", false);
        exchange.addSetCookie("b=2; Path=/");
        List<String> before = exchange.setCookies();
        exchange.addSetCookie("a=; Max-Age=0");

        assertThat(before).containsExactly("b=2; Path=/");
        assertThat(exchange.setCookies()).containsExactly("b=2; Path=/", "a=; Max-Age=0");
        assertThat(exchange.cookieHeaders()).containsExactly("a=1");
    }

    @Test
    void aClickIsReportedOnceInOneRequest() {
        HeaderExchange exchange = HeaderExchange.of("a=1", false);
        exchange.markReported("introw");

        assertThat(exchange.isReported("introw")).isTrue();
        assertThat(exchange.isReported("dub")).isFalse();
    }

    @Test
    void theVisitorIsUnknownUnlessTold() {
        Visitor visitor = new Visitor("Browser/1.0", "203.0.113.9");
        HeaderExchange exchange = HeaderExchange.of("a=1", true);

        assertThat(exchange.visitor()).isEqualTo(Visitor.UNKNOWN);
        assertThat(exchange.by(visitor).visitor()).isEqualTo(visitor);
        assertThat(exchange.by(visitor).cookieHeaders()).containsExactly("a=1");
        assertThat(exchange.by(visitor).isSecure()).isTrue();
    }
}
