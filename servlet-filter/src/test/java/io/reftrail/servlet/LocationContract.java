package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The clean URL on the wire, wherever the application is mounted. */
class LocationContract extends ServedContract {

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "/shop/?irw_id=one -> ?",
                "/shop/pricing?irw_id=one -> ?",
                "/shop/a/b/pricing?irw_id=one&a=b -> ?a=b",
                "/shop/a%20b?irw_id=one -> ?",
                "/shop/gr%C3%B6%C3%9Fe?irw_id=one -> ?",
                "/shop/a;jsessionid=0815?irw_id=one&a=b -> ?a=b",
                "/shop/a;v=1/b;jsessionid=0815?irw_id=one -> ?",
                "/shop/p?b=2&irw_id=one&a=1&b=1 -> ?b=2&a=1&b=1",
                "/shop/p?a=%2f+%20&irw_id=one&&=&%zz&c=%E4 -> ?a=%2f+%20&&=&%zz&c=%E4",
                "/shop/p?x=[1]{2}|^`&irw_id=one -> ?x=[1]{2}|^`",
                "/shop/p?irw_id=one&q=a?b/c:d@e!$'()*,; -> ?q=a?b/c:d@e!$'()*,;"
            })
    void isRelativeToThePageWithEveryOtherByteInPlace(String target, String location) {
        for (boolean relative : new boolean[] {true, false}) {
            serve(app().at("/shop").relativeRedirects(relative));

            RawResponse response = send(RawRequest.navigation(target));
            if (isAnsweredByTheServer(target)) {
                assertThat(response.status()).isEqualTo(400);
            } else {
                assertThat(response.location()).isEqualTo(location);
            }
        }
    }

    private boolean isAnsweredByTheServer(String target) {
        return (target.contains("%zz") && !has(ServerHabit.TAKES_BROKEN_ENCODINGS))
                || (target.contains("{") && !has(ServerHabit.TAKES_UNENCODED_CHARACTERS));
    }
}
