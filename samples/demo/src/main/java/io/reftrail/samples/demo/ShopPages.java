package io.reftrail.samples.demo;

import static io.reftrail.samples.demo.Steps.require;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A shop in a browser: the ways to sign up and to sign in. Each ends on the account page. */
record ShopPages(URI shop, Browser browser) {

    /** The password of all customers who sign up in the check. */
    static final String PASSWORD = "secret";

    private static final Pattern LINK = Pattern.compile("href=\"([^\"]*/login/ott\\?token=([^\"]+))\"");
    private static final Pattern ROUTE = Pattern.compile("You are signed in <strong>([^<]+)</strong>");
    private static final Pattern EMAIL = Pattern.compile("<dt>E-mail</dt>\\s*<dd>([^<]+)</dd>");
    private static final Pattern NUMBER = Pattern.compile("id=\"number\">([^<]+)<");

    /**
     * What the account page shows.
     *
     * @param route how the customer has signed in, in the shop's words
     * @param email the address that the shop has, in its words
     * @param number the customer's id
     */
    record Account(String route, String email, String number) {

        /** Returns whether this is the account that exists before any click; see the shop's data.sql. */
        boolean isAdas() {
            return number.equals("00000000-0000-0000-0000-000000000001");
        }
    }

    /** A visit by a partner's link: the vendor's click id, and the partner. */
    record Click(String id, String partner) {}

    /** A way to sign in. */
    @FunctionalInterface
    interface SignIn {
        Account enter(ShopPages pages) throws IOException, InterruptedException, Steps.Failure;
    }

    /**
     * Follows a partner's link and lands at this shop, also where the link leads to another one.
     *
     * @param link the path of a link whose vendor records the click itself, such as {@code /d/mia}
     */
    Click follow(URI sandbox, String link) throws IOException, InterruptedException {
        String query = Browser.location(browser.open(sandbox.resolve(link))).getRawQuery();
        browser.open(shop.resolve("/?" + query));
        return new Click(query.substring(query.indexOf('=') + 1), link.substring(link.lastIndexOf('/') + 1));
    }

    Account signUp(String email, String name) throws IOException, InterruptedException, Steps.Failure {
        return account(
                browser.submit(shop.resolve("/signup"), Map.of("email", email, "name", name, "password", PASSWORD)));
    }

    /** Signs up with a code in the form. */
    Account signUp(String email, String name, String code) throws IOException, InterruptedException, Steps.Failure {
        return account(signUpForm(email, name, code));
    }

    /** Sends the sign-up form with a code, and returns what answers. */
    HttpResponse<String> signUpForm(String email, String name, String code) throws IOException, InterruptedException {
        return browser.submit(
                shop.resolve("/signup"),
                Map.of("email", email, "name", name, "password", PASSWORD, "referral-code", code));
    }

    Account form(String email, String password) throws IOException, InterruptedException, Steps.Failure {
        return account(browser.submit(shop.resolve("/login"), Map.of("username", email, "password", password)));
    }

    /** Signs in by the form with "remember me" ticked. */
    Account formAndStay(String email, String password) throws IOException, InterruptedException, Steps.Failure {
        return account(browser.submit(
                shop.resolve("/login"), Map.of("username", email, "password", password, "remember-me", "on")));
    }

    /** Signs in through the identity provider, where all have the same password. */
    Account keyring(String username) throws IOException, InterruptedException, Steps.Failure {
        HttpResponse<String> form = browser.follow(browser.open(shop.resolve("/oauth2/authorization/keyring")));
        require(form.uri().getPath().equals("/login"), "Keyring's form is at " + form.uri());
        return account(browser.submit(form.uri(), Map.of("username", username, "password", "password")));
    }

    /** Signs in by the link in the newest mail. */
    Account link(String email) throws IOException, InterruptedException, Steps.Failure {
        browser.submit(shop.resolve("/login"), shop.resolve("/login/link"), Map.of("username", email));
        String mails = browser.open(shop.resolve("/mailbox")).body();
        Matcher link = LINK.matcher(mails.substring(Math.max(0, mails.indexOf("<strong>" + email))));
        require(link.find(), "no mail to " + email);
        return account(
                browser.submit(URI.create(link.group(1)), shop.resolve("/login/ott"), Map.of("token", link.group(2))));
    }

    /** Subscribes to the plan: pays on the payment provider's page, and comes back. */
    Account buy(String email) throws IOException, InterruptedException, Steps.Failure {
        URI page = Browser.location(browser.submit(shop.resolve("/account"), shop.resolve("/account/buy"), Map.of()));
        HttpResponse<String> paid =
                browser.submit(page, Map.of("email", email, "name", "Kim", "number", "4242 4242 4242 4242"));
        return account(browser.open(Browser.location(paid)));
    }

    /** Opens the account page without signing in. */
    Account current() throws IOException, InterruptedException, Steps.Failure {
        return account(browser.open(shop.resolve("/account")));
    }

    private Account account(HttpResponse<String> answer) throws IOException, InterruptedException, Steps.Failure {
        HttpResponse<String> page = browser.follow(answer);
        return new Account(find(ROUTE, page), find(EMAIL, page), find(NUMBER, page));
    }

    private static String find(Pattern pattern, HttpResponse<String> page) throws Steps.Failure {
        Matcher matcher = pattern.matcher(page.body());
        require(matcher.find(), "nobody is signed in: " + page.uri() + " answers " + page.statusCode());
        return matcher.group(1);
    }
}
