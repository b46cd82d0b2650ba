package io.reftrail.benchmarks.soak;

import java.io.IOException;
import java.util.List;
import java.util.Random;

/**
 * What nobody would send who meant well, and all that a client can put on the wire: a page is the right answer to each. Two long
 * values and a long cookie are less than the 8 KB of header that Tomcat takes.
 */
final class Garbage {

    private static final List<String> VALUES = List.of(
            "",
            "%00",
            "%ff%fe",
            "%e2%82",
            "%2525%252e",
            "..%2f..%2fetc%2fpasswd",
            "%0d%0aSet-Cookie:%20a=b",
            "%3Cscript%3Ealert(1)%3C/script%3E",
            "'%20OR%201=1--",
            "=%3D;%3B,%2C",
            "%F0%9F%8E%89",
            "x".repeat(2_000));

    private static final List<String> NAMES = List.of("irw_id", "refp_id", "dub_id", "aff", "atp", "via", "ref");

    private static final List<String> COOKIES =
            List.of("_introw_aff", "refp_id", "dub_id", "affitor_click_id", "affonso_referral", "_reftrail_affonso");

    private static final List<String> COOKIE_VALUES =
            List.of("", "=", "%00", "%zz", "\"", "\"unclosed", "a=b=c", "x".repeat(1_000), "1.2.3.4.5", "-1.deadbeef");

    private Garbage() {}

    static void send(Guest guest, Random random) throws IOException, InterruptedException {
        guest.plant(pick(COOKIES, random), pick(COOKIE_VALUES, random));
        String query = pick(NAMES, random) + "=" + pick(VALUES, random) + "&&=&" + pick(NAMES, random) + "="
                + pick(VALUES, random);
        guest.open("/pricing?" + query, 200, 302);
        guest.plant(pick(COOKIES, random), pick(COOKIE_VALUES, random));
        guest.open("/pricing", 200);
        guest.open("/no-such-page?" + pick(NAMES, random) + "=" + pick(VALUES, random), 302, 404);
        guest.open("/no-such-page", 404);
    }

    private static String pick(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
