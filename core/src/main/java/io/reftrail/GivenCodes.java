package io.reftrail;

import io.reftrail.backend.TrackingBackend;
import io.reftrail.capture.CaptureRule;
import io.reftrail.capture.CaptureRule.Meaning;
import io.reftrail.capture.CookieExchange;
import io.reftrail.delivery.DeliveryListener;
import io.reftrail.journey.Touch;
import io.reftrail.journey.Touch.Origin;
import io.reftrail.journey.Touch.Partner;
import io.reftrail.model.Attribution;
import io.reftrail.model.Click;
import io.reftrail.model.Event;
import io.reftrail.model.Outcome;
import io.reftrail.model.Outcome.Verdict;
import io.reftrail.model.RedactedFailure;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The codes that visitors give in forms. It finds the partner of a code without a call, and decides between the code and the
 * visitor's clicks. Thread-safe; only {@link #coupon} throws.
 */
final class GivenCodes {

    /** The longest code that is looked up, in characters: the room that the journey and the vendors have for it. */
    private static final int LONGEST = 255;

    private static final Logger logger = LoggerFactory.getLogger(Reftrail.class);

    private final List<TrackingBackend> backends;
    private final List<ReferralCodes> lists;
    private final @Nullable Referrals friends;
    private final CodeSettings settings;
    private final DecisionLog decisions;
    private final Clock clock;

    GivenCodes(
            List<TrackingBackend> backends,
            List<ReferralCodes> lists,
            @Nullable Referrals friends,
            CodeSettings settings,
            DecisionLog decisions,
            Clock clock) {
        this.backends = backends;
        this.lists = List.copyOf(lists);
        this.friends = friends;
        this.settings = settings;
        this.decisions = decisions;
        this.clock = clock;
    }

    /**
     * The attributions of a customer who may have given a code.
     *
     * @param attributions the attributions to report, at most one for each backend
     * @param displaced the clicks that a known code replaces; they are used up with the lead
     * @param touch the code as a touch of the customer's journey, or {@code null} if it does not count
     * @param status what is known about the code, or {@code null} if none was given
     */
    record Attributed(
            List<Attribution> attributions,
            List<Attribution> displaced,
            @Nullable Touch touch,
            @Nullable CodeStatus status) {

        static Attributed to(List<Attribution> clicks) {
            return new Attributed(clicks, List.of(), null, null);
        }

        private static Attributed to(List<Attribution> clicks, CodeStatus status) {
            return new Attributed(clicks, List.of(), null, status);
        }
    }

    /** The partner of a code. */
    private record Found(CodeStatus status, @Nullable Attribution attribution) {

        static final Found NONE = new Found(CodeStatus.UNKNOWN, null);
    }

    /** A vendor that can have a code. */
    private record Candidate(CaptureRule rule, String code) {}

    /** Returns what is known about a code. Records a code that cannot be used; any other code is recorded with its lead. */
    CodeStatus check(String given) {
        Found found = find(given.strip());
        if (found.attribution() == null) {
            decisions.record(found.status(), null);
        }
        return found.status();
    }

    /** Returns whether a request carries a code in the configured form field. */
    boolean isIn(CookieExchange exchange) {
        String given = field(exchange);
        return given != null && !given.isBlank();
    }

    private @Nullable String field(CookieExchange exchange) {
        try {
            return settings.parameter() == null ? null : exchange.parameter(settings.parameter());
        } catch (RuntimeException failure) {
            logger.warn("Could not read the form field of referral codes", RedactedFailure.of(failure));
            decisions.record(CodeStatus.FAILED, null);
            return null;
        }
    }

    /**
     * Returns the attributions of a request whose visitor may have given a code, and records what is known about the code.
     *
     * @param given the code, blank if there is none, or {@code null} for the form field
     * @param clicks the request's clicks
     */
    Attributed attribute(@Nullable String given, List<Attribution> clicks, CookieExchange exchange) {
        String code = given == null ? field(exchange) : given;
        if (code == null || code.isBlank()) {
            return Attributed.to(clicks);
        }
        Found found = find(code.strip());
        Attribution attribution = found.attribution();
        if (attribution != null && exchange.isReported(attribution.backend())) {
            return Attributed.to(clicks, found.status()); // an earlier report in this request has used the code
        }
        Attributed attributed =
                attribution == null ? Attributed.to(clicks, found.status()) : choose(found, attribution, clicks);
        CodeStatus status = attributed.status() == null ? found.status() : attributed.status();
        decisions.record(status, attribution == null ? null : attribution.backend(), exchange);
        return attributed;
    }

    /**
     * A code that its vendor has not confirmed replaces no click of another vendor, and keeps the click id of an earlier click at
     * the same vendor. If the vendor denies the code, the lead is that of the click.
     */
    private Attributed choose(Found found, Attribution code, List<Attribution> clicks) {
        if (settings.wins() == CodeSettings.Winner.CLICK && !clicks.isEmpty()) {
            return Attributed.to(clicks, CodeStatus.CLICK_COUNTS);
        }
        boolean known = found.status() == CodeStatus.KNOWN;
        Attribution counted = code;
        List<Attribution> others = new ArrayList<>();
        for (Attribution click : clicks) {
            if (!click.backend().equals(code.backend())) {
                others.add(click);
            } else if (code.awaitsClickId()) {
                if (isOf(click, code)) {
                    counted = click;
                } else if (click.awaitsClickId() && !known) {
                    return Attributed.to(clicks, CodeStatus.CLICK_COUNTS);
                } else {
                    counted = after(click, code);
                }
            }
        }
        List<Attribution> attributions = new ArrayList<>(known ? List.of() : others);
        attributions.add(counted);
        Touch touch = touch(code);
        return new Attributed(
                List.copyOf(attributions), known ? List.copyOf(others) : List.of(), touch, found.status());
    }

    /** Returns whether a click is being exchanged by the same code, so that it is the same click. */
    private static boolean isOf(Attribution click, Attribution code) {
        String typed = code.detail(Attribution.CODE);
        return click.clickKey() != null && typed != null && typed.equals(click.detail(Attribution.CODE));
    }

    /** Returns the code with what is known of the click before it. */
    private static Attribution after(Attribution click, Attribution code) {
        Map<String, String> details = new TreeMap<>(click.details());
        details.putAll(code.details());
        return new Attribution(code.backend(), click.clickId(), code.clickedAt(), code.clickKey(), details);
    }

    private Touch touch(Attribution code) {
        return Touch.ofPartner(
                clock.instant(), Origin.CODE, new Partner(code.backend(), code.detail(Attribution.CODE)));
    }

    /** Returns the partner of a code. Calls no vendor. */
    private Found find(String code) {
        if (code.isEmpty() || code.length() > LONGEST || code.chars().anyMatch(Character::isISOControl)) {
            return Found.NONE;
        }
        try {
            Found listed = listed(code);
            if (listed != null) {
                return listed;
            }
            Attribution friend = friends == null ? null : friends.ofTypedCode(code);
            Attribution usable = friend == null ? null : usable(friend);
            return usable == null ? atVendors(code) : new Found(CodeStatus.KNOWN, usable);
        } catch (RuntimeException failure) {
            logger.warn("Could not look up a referral code", RedactedFailure.of(failure));
            return new Found(CodeStatus.FAILED, null);
        }
    }

    private @Nullable Found listed(String code) {
        for (ReferralCodes list : lists) {
            Attribution found = list.find(code);
            if (found != null) {
                Attribution usable = usable(found);
                return usable == null ? new Found(CodeStatus.NO_BACKEND, null) : new Found(CodeStatus.KNOWN, usable);
            }
        }
        return null;
    }

    /**
     * Returns the partner of a coupon by the application's lists, or {@code null} if none has it, and records what is known.
     *
     * @param isLead whether the customer is a lead already, so that the coupon does not count
     * @throws RuntimeException if a list fails
     */
    @Nullable
    Attribution coupon(String code, BooleanSupplier isLead) {
        if (lists.isEmpty()) {
            return null;
        }
        Found listed = listed(code);
        Attribution partner = listed == null ? null : listed.attribution();
        if (listed == null || partner == null) {
            decisions.record(listed == null ? CodeStatus.UNKNOWN : listed.status(), null);
            return null;
        }
        boolean counts = !isLead.getAsBoolean();
        decisions.record(counts ? CodeStatus.KNOWN : CodeStatus.CLICK_COUNTS, partner.backend());
        return counts ? partner : null;
    }

    /**
     * Returns an attribution in the form that its backend takes, or {@code null} if the backend is not active or takes no codes.
     */
    private @Nullable Attribution usable(Attribution found) {
        String code = found.detail(Attribution.CODE);
        Instant now = clock.instant();
        for (TrackingBackend backend : backends) {
            if (backend.name().equals(found.backend())) {
                return found.clickId() != null
                        ? new Attribution(found.backend(), found.clickId(), now, found.clickKey(), found.details())
                        : backend.captureRules().stream()
                                .filter(rule -> code != null && rule.meaning() != Meaning.CLICK_ID)
                                .findFirst()
                                .map(rule -> attribution(rule, String.valueOf(code)))
                                .orElse(null);
            }
        }
        return null;
    }

    /**
     * Returns a code in the form that its backend takes, any other attribution unchanged, or {@code null} if the backend takes no
     * codes.
     */
    @Nullable
    Attribution asItsBackendTakesIt(Attribution attribution) {
        boolean isCode = attribution.awaitsClickId() && attribution.detail(Attribution.GIVEN) != null;
        return isCode && attribution.clickedAt() == null ? usable(attribution) : attribution;
    }

    /**
     * Returns the vendor that can have a code. A vendor whose codes are configured takes precedence over one that takes any code.
     */
    private Found atVendors(String given) {
        List<Candidate> configured = new ArrayList<>();
        List<Candidate> any = new ArrayList<>();
        for (TrackingBackend backend : backends) {
            for (CaptureRule rule : backend.captureRules()) {
                String code = rule.givenCode(given);
                if (code != null) {
                    (rule.codes().areConfigured() ? configured : any).add(new Candidate(rule, code));
                    break;
                }
            }
        }
        List<Candidate> candidates = configured.isEmpty() && lists.isEmpty() ? any : configured;
        if (candidates.size() != 1) {
            return candidates.isEmpty() ? Found.NONE : new Found(CodeStatus.AMBIGUOUS, null);
        }
        Candidate one = candidates.get(0);
        boolean listed = one.rule().codes().list().contains(one.code());
        return new Found(listed ? CodeStatus.KNOWN : CodeStatus.UNCONFIRMED, attribution(one.rule(), one.code()));
    }

    private Attribution attribution(CaptureRule rule, String code) {
        Attribution given = Attribution.ofCode(rule.backend(), code);
        boolean exchanged = rule.meaning() == Meaning.EXCHANGED_CODE;
        return new Attribution(
                rule.backend(),
                exchanged ? null : code,
                clock.instant(),
                exchanged ? given.clickKey() : null,
                given.details());
    }

    /** Returns a listener that records what vendors say about codes. */
    DeliveryListener answers() {
        return new DeliveryListener() {
            @Override
            public void onSettled(Event event, Outcome outcome) {
                if (event instanceof Click click && click.attribution().detail(Attribution.GIVEN) != null) {
                    boolean has = outcome.verdict() == Verdict.RECORDED || outcome.verdict() == Verdict.DUPLICATE;
                    decisions.recordAt(has ? CodeStatus.CONFIRMED : CodeStatus.DENIED, event.backend(), null);
                }
            }
        };
    }
}
