package io.reftrail.samples.demo;

import static io.reftrail.samples.demo.Steps.require;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The routes by which a visitor becomes signed in at a shop. Each ends on the account page. */
final class WaysIn {

    /** What everybody signs up with here. */
    static final String PASSWORD = "secret";

    private static final Pattern LINK = Pattern.compile("href=\"([^\"]*/login/ott\\?token=([^\"]+))\"");

    private final URI shop;
    private final Visitor visitor;

    WaysIn(URI shop, Visitor visitor) {
        this.shop = shop;
        this.visitor = visitor;
    }

    AccountPage signUp(String email, String name) throws IOException, InterruptedException, StepFailure {
        return account(
                visitor.submit(shop.resolve("/signup"), Map.of("email", email, "name", name, "password", PASSWORD)));
    }

    AccountPage form(String email, String password) throws IOException, InterruptedException, StepFailure {
        return account(visitor.submit(shop.resolve("/login"), Map.of("username", email, "password", password)));
    }

    /** As {@link #form}, with the box ticked. */
    AccountPage formAndStay(String email, String password) throws IOException, InterruptedException, StepFailure {
        return account(visitor.submit(
                shop.resolve("/login"), Map.of("username", email, "password", password, "remember-me", "on")));
    }

    /** Through the identity provider, where everybody's password is the same. */
    AccountPage keyring(String username) throws IOException, InterruptedException, StepFailure {
        HttpResponse<String> form = visitor.follow(visitor.open(shop.resolve("/oauth2/authorization/keyring")));
        require(form.uri().getPath().equals("/login"), "Keyring's form is at " + form.uri());
        return account(visitor.submit(form.uri(), Map.of("username", username, "password", "password")));
    }

    /** By the link in the newest mail. */
    AccountPage link(String email) throws IOException, InterruptedException, StepFailure {
        visitor.submit(shop.resolve("/login"), shop.resolve("/login/link"), Map.of("username", email));
        String mails = visitor.open(shop.resolve("/mailbox")).body();
        Matcher link = LINK.matcher(mails.substring(Math.max(0, mails.indexOf("<strong>" + email))));
        require(link.find(), "no mail to " + email);
        return account(
                visitor.submit(URI.create(link.group(1)), shop.resolve("/login/ott"), Map.of("token", link.group(2))));
    }

    /** Without doing anything. */
    AccountPage none() throws IOException, InterruptedException, StepFailure {
        return AccountPage.of(visitor.follow(visitor.open(shop.resolve("/account"))));
    }

    private AccountPage account(HttpResponse<String> answer) throws IOException, InterruptedException, StepFailure {
        return AccountPage.of(visitor.follow(answer));
    }
}
