package io.reftrail.backend.own;

import io.reftrail.backend.HttpCall;
import io.reftrail.backend.HttpReply;
import io.reftrail.backend.TrackingBackend;
import io.reftrail.capture.CaptureRule;
import io.reftrail.capture.CaptureRule.CookieEncoding;
import io.reftrail.capture.PartnerCodes;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.model.Referral;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The merchant's own programme "refer a friend": customers are the partners, and no vendor takes part. Each event is recorded
 * without a call; the outbox stores it as a referral when it settles it.
 */
public final class OwnBackend implements TrackingBackend {

    /** Lower-case letters and digits, without those that look alike. */
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

    /** With 31 characters to choose from: 79 bits. */
    private static final int CODE_LENGTH = 16;

    private static final Pattern CODE = Pattern.compile("[" + ALPHABET + "]{" + CODE_LENGTH + "}");

    private static final String COOKIE = "_reftrail-friend";

    private final CaptureRule rule;

    /**
     * Creates the backend.
     *
     * @param parameter the query parameter of a customer's link
     * @param window how long a visitor who followed a link is attributed to it
     */
    public OwnBackend(String parameter, Duration window) {
        this.rule = new CaptureRule(
                        Referral.BACKEND, List.of(parameter), COOKIE, window, CODE_LENGTH, CookieEncoding.RAW, false)
                .accepting(new PartnerCodes(Set.of(), CODE));
    }

    /** Returns a new random code, which cannot be guessed and does not contain the customer's id. Thread-safe. */
    public static String newCode() {
        SecureRandom random = new SecureRandom();
        StringBuilder code = new StringBuilder(CODE_LENGTH);
        for (int index = 0; index < CODE_LENGTH; index++) {
            code.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return code.toString();
    }

    /** Returns whether a text has the form of a {@linkplain #newCode() code}. */
    public static boolean isCode(String text) {
        return CODE.matcher(text).matches();
    }

    @Override
    public String name() {
        return Referral.BACKEND;
    }

    @Override
    public List<CaptureRule> captureRules() {
        return List.of(rule);
    }

    @Override
    public Set<Event.Type> reports() {
        return EnumSet.of(Event.Type.LEAD, Event.Type.SALE, Event.Type.REFUND);
    }

    @Override
    public Duration deliveryTimeout(Event event) {
        return Duration.ofDays(90);
    }

    @Override
    public Outcome outcomeWithoutCall(Event event) {
        return Outcome.recorded();
    }

    @Override
    public HttpCall call(Event event) {
        throw new IllegalStateException("the merchant's own programme makes no calls");
    }

    @Override
    public Outcome outcome(Event event, HttpReply reply) {
        return Outcome.recorded();
    }
}
