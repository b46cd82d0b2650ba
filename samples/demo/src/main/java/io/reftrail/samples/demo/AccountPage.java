package io.reftrail.samples.demo;

import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the shop's account page says to whom it has signed in.
 *
 * @param route how they have signed in, in the shop's words
 * @param email the address that the shop has of them, in its words
 * @param number the customer's number
 */
record AccountPage(String route, String email, String number) {

    private static final Pattern ROUTE = Pattern.compile("You are signed in <strong>([^<]+)</strong>");
    private static final Pattern EMAIL = Pattern.compile("<dt>E-mail</dt>\\s*<dd>([^<]+)</dd>");
    private static final Pattern NUMBER = Pattern.compile("id=\"number\">([^<]+)<");

    /** @throws StepFailure if this is no account page */
    static AccountPage of(HttpResponse<String> page) throws StepFailure {
        return new AccountPage(find(ROUTE, page), find(EMAIL, page), find(NUMBER, page));
    }

    /** Whether this is the customer who was there before anybody: see the shop's data.sql. */
    boolean isAdas() {
        return number.equals("00000000-0000-0000-0000-000000000001");
    }

    private static String find(Pattern pattern, HttpResponse<String> page) throws StepFailure {
        Matcher matcher = pattern.matcher(page.body());
        if (!matcher.find()) {
            throw new StepFailure("nobody is signed in: " + page.uri() + " answers " + page.statusCode());
        }
        return matcher.group(1);
    }
}
