package io.reftrail.capture;

import io.reftrail.capture.AttributionCookieReader.StoredClick;
import io.reftrail.capture.CaptureRule.CookieEncoding;
import io.reftrail.capture.ClickMetadataCookie.ClickMetadata;
import io.reftrail.model.Attribution;
import io.reftrail.model.InvalidSettingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The cookies that store a visitor's clicks. The click id is in the vendor's own cookie, in the vendor's format; the time of the
 * click and the state of an exchange are in Reftrail's own {@linkplain ClickMetadataCookie metadata cookie}. Thread-safe.
 */
public final class AttributionCookies {

    /** A host name that can have parent domains: at least two labels, the last of which is not a number as in an IP address. */
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9_-]+\\.)+[A-Za-z][A-Za-z0-9-]*");

    private static final int LONGEST_HOST = 253;
    private static final int MOST_DOMAINS = 7;

    private final CookieSettings settings;
    private final ClickMetadataCookie metadataCookie;
    private final AttributionCookieReader reader;

    /**
     * Creates cookies that are not signed.
     *
     * @param settings the attributes of the cookies
     */
    public AttributionCookies(CookieSettings settings) {
        this(settings, CookieSigning.NONE, Clock.systemUTC());
    }

    /**
     * Creates cookies.
     *
     * @param settings the attributes of the cookies
     * @param signing whether and how the metadata cookie is signed
     * @param clock the clock that decides until when unsigned cookies are accepted
     * @throws InvalidSettingException if the settings and the signing contradict each other
     */
    public AttributionCookies(CookieSettings settings, CookieSigning signing, Clock clock) {
        signing.requireFit(settings);
        this.settings = settings;
        this.metadataCookie = new ClickMetadataCookie(signing, clock);
        this.reader = new AttributionCookieReader(metadataCookie);
    }

    /** Returns the names of the cookies that can hold a click by a rule. */
    Stream<String> names(CaptureRule rule) {
        return Stream.concat(Stream.of(rule.cookie()), metadataCookie.names(rule).stream());
    }

    /**
     * Returns the attribution of a request by the rules of one backend, or {@code null} without one. A click that is being exchanged
     * is newer than the click id in the vendor's cookie and is returned first. Malformed cookies are skipped.
     */
    public @Nullable Attribution read(List<CaptureRule> rules, CookieExchange exchange) {
        return reader.attribution(rules, exchange);
    }

    /** Returns the attribution to the click id in the rule's cookie, or {@code null} without one. */
    @Nullable
    Attribution read(CaptureRule rule, CookieExchange exchange) {
        return reader.exchanged(rule, exchange);
    }

    /** Returns the attribution to a click that is being exchanged by this rule, or {@code null} without one. */
    public @Nullable Attribution readPending(CaptureRule rule, CookieExchange exchange) {
        return reader.pending(rule, exchange);
    }

    /** Returns the landing address from the vendor's landing cookie, or {@code null} without one. */
    public @Nullable String landing(CaptureRule rule, CookieExchange exchange) {
        return reader.landing(rule, exchange);
    }

    /** Stores a click id for the rule's window. */
    public void store(CaptureRule rule, String clickId, Instant clickedAt, CookieExchange exchange) {
        ClickMetadata metadata = ClickMetadata.of(clickedAt, metadataCookie.bindingTo(clickId));
        store(rule, clickId, metadata, rule.window(), exchange);
    }

    private void store(
            CaptureRule rule, String clickId, ClickMetadata metadata, Duration maxAge, CookieExchange exchange) {
        writeCookie(rule.cookie(), encode(rule, clickId), maxAge, !rule.scriptReadable(), exchange);
        writeMetadata(rule, metadata, maxAge, exchange);
    }

    private void writeMetadata(CaptureRule rule, ClickMetadata metadata, Duration maxAge, CookieExchange exchange) {
        writeCookie(metadataCookie.name(rule), metadataCookie.format(rule, metadata), maxAge, true, exchange);
        expireMetadataUnderOtherNames(rule, exchange);
    }

    /** Stores a click until it is exchanged. The id of the click before it stays in the vendor's cookie. */
    void storePending(CaptureRule rule, Attribution pending, @Nullable String landing, CookieExchange exchange) {
        String before = pending.clickId();
        ClickMetadata metadata = ClickMetadata.pending(
                Objects.requireNonNull(pending.clickedAt()),
                before == null ? null : metadataCookie.bindingTo(before),
                Objects.requireNonNull(pending.clickKey()),
                Objects.requireNonNull(pending.detail(Attribution.CODE)));
        Map<String, String> toldBefore = AttributionCookieReader.told(rule, pending.details());
        writeMetadata(rule, metadata.with(toldBefore), rule.window(), exchange);
        String cookie = rule.landingCookie();
        if (cookie != null && landing != null && AttributionCookieReader.isLanding(landing)) {
            writeCookie(cookie, landing, rule.window(), !rule.scriptReadable(), exchange);
        }
    }

    /** Stores the id of the click before a pending one, as a fallback in case the vendor rejects the pending click. */
    void storeBefore(CaptureRule rule, Attribution before, Instant now, CookieExchange exchange) {
        Duration remaining = remainingWindow(rule, before, now);
        String clickId = before.requireClickId();
        if (!remaining.isZero() && rule.accepts(clickId)) {
            writeCookie(rule.cookie(), encode(rule, clickId), remaining, !rule.scriptReadable(), exchange);
        }
    }

    /**
     * Stores the click id that a pending click was exchanged for, and the details of the answer that the rule keeps, for the rest
     * of the window. Does nothing if the visitor has followed another link since, or if the cookie has no room for them; the lead
     * of a click that stays pending takes the data from the outbox. If the window has ended, the pending click is removed.
     *
     * @param exchanged an attribution with a click id
     */
    public void handOver(CaptureRule rule, Attribution exchanged, Instant now, CookieExchange exchange) {
        ClickMetadata metadata = reader.storedClick(rule, exchange).metadata();
        String clickId = exchanged.requireClickId();
        Map<String, String> told = AttributionCookieReader.told(rule, exchanged.details());
        if (metadata == null
                || !metadata.awaitsClickId()
                || !Objects.equals(metadata.key(), exchanged.clickKey())
                || !rule.accepts(clickId)
                || !ClickMetadata.hasRoomFor(told)) {
            return;
        }
        Duration remaining = remainingWindow(rule, exchanged, now);
        if (remaining.isZero()) {
            withdraw(rule, exchange);
            return;
        }
        store(rule, clickId, metadata.boundTo(metadataCookie.bindingTo(clickId)).with(told), remaining, exchange);
        String landing = landing(rule, exchange);
        if (rule.landingCookie() != null && landing != null) {
            writeCookie(rule.landingCookie(), landing, remaining, !rule.scriptReadable(), exchange);
        }
    }

    /** Returns the rest of the attribution window, zero if it has ended. A click in the future has the window of a new click. */
    private static Duration remainingWindow(CaptureRule rule, Attribution exchanged, Instant now) {
        Duration window = exchanged.window(rule.window());
        Instant clickedAt = exchanged.clickedAt();
        Duration age = clickedAt == null || clickedAt.isAfter(now) ? Duration.ZERO : Duration.between(clickedAt, now);
        Duration remaining = window.minus(age);
        return remaining.toSeconds() <= 0 ? Duration.ZERO : remaining;
    }

    /**
     * Removes a pending click that the vendor rejected. A click id from before it stays. The time of that earlier click was
     * overwritten, so it takes the time of the removed click: customers whose account is older than that are not reported.
     */
    public void withdraw(CaptureRule rule, CookieExchange exchange) {
        StoredClick stored = reader.storedClick(rule, exchange);
        String before = stored.clickId();
        ClickMetadata withdrawn = stored.metadata();
        if (before == null || withdrawn == null || (metadataCookie.isSigned() && !withdrawn.isStronglyBound())) {
            expireMetadata(rule, exchange);
        } else {
            ClickMetadata metadata = ClickMetadata.of(withdrawn.clickedAt(), metadataCookie.bindingTo(before))
                    .with(withdrawn.details());
            writeMetadata(rule, metadata, rule.window(), exchange);
        }
    }

    private void expireMetadata(CaptureRule rule, CookieExchange exchange) {
        expire(metadataCookie.name(rule), true, exchange);
        expireMetadataUnderOtherNames(rule, exchange);
    }

    /** Removes a metadata cookie without the prefix, which is still read for a while after the prefix was configured. */
    private void expireMetadataUnderOtherNames(CaptureRule rule, CookieExchange exchange) {
        String current = metadataCookie.name(rule);
        for (String name : metadataCookie.names(rule)) {
            if (!name.equals(current)) {
                expireIfSent(name, true, exchange);
            }
        }
    }

    /** Returns the domain of the cookies, or {@code null} for the host of the request. */
    @Nullable
    String domain() {
        return settings.domain();
    }

    /** Returns whether all cookies are {@code Secure}, whatever the connection is. */
    boolean areAlwaysSecure() {
        return settings.secure() == CookieSettings.Secure.ALWAYS;
    }

    /** Returns whether a backend's cookies are kept after its lead is stored. */
    public boolean areKeptAfterLead(String backend) {
        return settings.keepAfterLead().contains(backend);
    }

    /**
     * Expires the cookies of a backend's click wherever the host can have set them: for itself and for its parent domains. A
     * click that a page script has stored for a parent domain is also marked as used, because its cookie can survive if the
     * host's name is unknown or the script uses another path.
     */
    public void expire(List<CaptureRule> rules, CookieExchange exchange) {
        markUsed(rules, exchange);
        for (CaptureRule rule : rules) {
            if (!rule.parameters().isEmpty() || AttributionCookieReader.contain(rule.cookie(), exchange)) {
                expireClick(rule, exchange);
            }
            if (rule.landingCookie() != null) {
                expireIfSent(rule.landingCookie(), !rule.scriptReadable(), exchange);
            }
        }
        Set<String> expired = new HashSet<>();
        rules.stream()
                .filter(rule -> expired.add(rule.metadataCookie()))
                .forEach(rule -> expireMetadata(rule, exchange));
    }

    private void markUsed(List<CaptureRule> rules, CookieExchange exchange) {
        Set<String> used = new LinkedHashSet<>();
        CaptureRule first = null;
        for (CaptureRule rule : rules) {
            List<String> clickIds = rule.acrossHosts() ? reader.clickIds(rule, exchange) : List.of();
            boolean ours =
                    clickIds.size() == 1 && reader.storedClick(rule, exchange).metadata() != null;
            if (!clickIds.isEmpty() && !ours) {
                clickIds.forEach(clickId -> used.add(metadataCookie.bindingTo(clickId)));
                first = first == null ? rule : first;
            }
        }
        if (first != null) {
            used.addAll(reader.used(first, exchange));
            writeCookie(
                    metadataCookie.usedName(first),
                    metadataCookie.formatUsed(first, used),
                    first.window(),
                    true,
                    exchange);
        }
    }

    /** Returns whether the request has a click id that this browser has already used for a lead. */
    public boolean holdUsedClick(List<CaptureRule> rules, CookieExchange exchange) {
        return rules.stream().filter(CaptureRule::acrossHosts).anyMatch(rule -> reader.clickIds(rule, exchange).stream()
                .anyMatch(clickId -> reader.isUsed(rule, clickId, exchange)));
    }

    /** Returns whether this browser has already used a click for a lead. */
    boolean isUsed(CaptureRule rule, String clickId, CookieExchange exchange) {
        return reader.isUsed(rule, clickId, exchange);
    }

    /** A page script can have set its cookie for the host, for each parent domain, and for another path than ours. */
    private void expireClick(CaptureRule rule, CookieExchange exchange) {
        boolean httpOnly = !rule.scriptReadable();
        expire(rule.cookie(), httpOnly, exchange);
        boolean byScript = rule.scriptReadable() || rule.parameters().isEmpty();
        if (!byScript || !AttributionCookieReader.contain(rule.cookie(), exchange)) {
            return;
        }
        if (!settings.path().equals("/")) {
            exchange.addSetCookie(setCookie(rule.cookie(), "", Duration.ZERO, httpOnly, null, "/", exchange));
        }
        for (String domain : domains(exchange.host())) {
            if (!domain.equals(settings.domain()) || !settings.path().equals("/")) {
                exchange.addSetCookie(setCookie(rule.cookie(), "", Duration.ZERO, httpOnly, domain, "/", exchange));
            }
        }
    }

    /** Returns a host and its parent domains. Browsers ignore those that are public suffixes. */
    private static List<String> domains(@Nullable String host) {
        if (host == null || host.length() > LONGEST_HOST || !HOST.matcher(host).matches()) {
            return List.of();
        }
        List<String> domains = new ArrayList<>();
        for (String domain = host.toLowerCase(Locale.ROOT);
                domain.indexOf('.') > 0;
                domain = domain.substring(domain.indexOf('.') + 1)) {
            domains.add(domain);
        }
        return domains.subList(Math.max(0, domains.size() - MOST_DOMAINS), domains.size());
    }

    /** Expires those cookies of a backend's click that the request carries, for a visitor who has withdrawn consent. */
    public void forget(List<CaptureRule> rules, CookieExchange exchange) {
        for (CaptureRule rule : rules) {
            if (AttributionCookieReader.contain(rule.cookie(), exchange)) {
                expireClick(rule, exchange);
            }
            if (rule.landingCookie() != null) {
                expireIfSent(rule.landingCookie(), !rule.scriptReadable(), exchange);
            }
        }
        rules.stream()
                .flatMap(rule ->
                        Stream.of(metadataCookie.name(rule), rule.metadataCookie(), metadataCookie.usedName(rule)))
                .distinct()
                .forEach(name -> expireIfSent(name, true, exchange));
    }

    void expireIfSent(String name, boolean httpOnly, CookieExchange exchange) {
        if (AttributionCookieReader.contain(name, exchange)) {
            expire(name, httpOnly, exchange);
        }
    }

    private static String encode(CaptureRule rule, String clickId) {
        return rule.encoding() == CookieEncoding.RAW ? clickId : PercentEncoding.encode(clickId);
    }

    /** Writes a cookie; name and value must be valid. */
    void writeCookie(String name, String value, Duration maxAge, boolean httpOnly, CookieExchange exchange) {
        if (settings.domain() != null && AttributionCookieReader.contain(name, exchange)) {
            // a host-only cookie of the same name would hide the one of the domain
            exchange.addSetCookie(setCookie(name, "", Duration.ZERO, httpOnly, null, exchange));
        }
        exchange.addSetCookie(setCookie(name, value, maxAge, httpOnly, settings.domain(), exchange));
    }

    private void expire(String name, boolean httpOnly, CookieExchange exchange) {
        exchange.addSetCookie(setCookie(name, "", Duration.ZERO, httpOnly, null, exchange));
        if (settings.domain() != null) {
            exchange.addSetCookie(setCookie(name, "", Duration.ZERO, httpOnly, settings.domain(), exchange));
        }
    }

    private String setCookie(
            String name,
            String value,
            Duration maxAge,
            boolean httpOnly,
            @Nullable String domain,
            CookieExchange exchange) {
        return setCookie(name, value, maxAge, httpOnly, domain, settings.path(), exchange);
    }

    /** Returns a {@code Set-Cookie} line (RFC 6265, section 4.1). Name and value must already be valid. */
    private String setCookie(
            String name,
            String value,
            Duration maxAge,
            boolean httpOnly,
            @Nullable String domain,
            String path,
            CookieExchange exchange) {
        StringBuilder line = new StringBuilder(128);
        line.append(name).append('=').append(value);
        line.append("; Max-Age=").append(maxAge.toSeconds());
        line.append("; Path=").append(path);
        if (domain != null) {
            line.append("; Domain=").append(domain);
        }
        if (settings.isSecureFor(exchange)) {
            line.append("; Secure");
        }
        if (httpOnly) {
            line.append("; HttpOnly");
        }
        return line.append("; SameSite=")
                .append(settings.sameSite().attribute())
                .toString();
    }
}
