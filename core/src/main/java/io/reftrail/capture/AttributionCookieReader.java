package io.reftrail.capture;

import io.reftrail.capture.CaptureRule.CookieEncoding;
import io.reftrail.capture.CaptureRule.Meaning;
import io.reftrail.capture.ClickMetadataCookie.ClickMetadata;
import io.reftrail.model.Attribution;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A reader of the visitor's clicks from the cookies of a request. It skips values that are malformed or not signed as required.
 */
final class AttributionCookieReader {

    /** Longer landing addresses are not stored, because they would leave no room for other cookies. */
    private static final int LONGEST_LANDING = 1_000;

    private static final StoredClick NONE = new StoredClick(null, null);

    private final ClickMetadataCookie metadataCookie;

    AttributionCookieReader(ClickMetadataCookie metadataCookie) {
        this.metadataCookie = metadataCookie;
    }

    /**
     * Returns the attribution of a request by the rules of one backend, or {@code null} without one. A click that is being exchanged
     * is newer than the click id in the vendor's cookie and is returned first.
     */
    @Nullable
    Attribution attribution(List<CaptureRule> rules, CookieExchange exchange) {
        if (exchange.cookieHeaders().isEmpty()) {
            return null;
        }
        return Stream.concat(
                        rules.stream().map(rule -> pending(rule, exchange)),
                        rules.stream().map(rule -> exchanged(rule, exchange)))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Returns the attribution to the click id in the rule's cookie, or {@code null} without one. */
    @Nullable
    Attribution exchanged(CaptureRule rule, CookieExchange exchange) {
        StoredClick stored = storedClick(rule, exchange);
        String clickId = stored.clickId();
        if (clickId == null) {
            return null;
        }
        ClickMetadata metadata = stored.metadata();
        ClickMetadata ours = metadata == null || metadata.awaitsClickId() ? null : metadata;
        return new Attribution(
                rule.backend(), clickId, ours == null ? null : ours.clickedAt(), null, details(rule, ours));
    }

    private static Map<String, String> details(CaptureRule rule, @Nullable ClickMetadata metadata) {
        if (rule.parameters().isEmpty()) {
            return Map.of(Attribution.COOKIE, rule.cookie());
        }
        if (metadata == null) {
            return Map.of();
        }
        Map<String, String> details = told(rule, metadata.details());
        if (metadata.code() != null) {
            details.put(Attribution.CODE, metadata.code());
        }
        return details;
    }

    /** Returns only the details that the rule keeps in the browser. An unsigned cookie can hold others, too. */
    static Map<String, String> told(CaptureRule rule, Map<String, String> details) {
        Map<String, String> told = new TreeMap<>(details);
        told.keySet().retainAll(rule.details());
        return told;
    }

    /** Returns the attribution to a click that is being exchanged by this rule, or {@code null} without one. */
    @Nullable
    Attribution pending(CaptureRule rule, CookieExchange exchange) {
        StoredClick stored = rule.meaning() == Meaning.EXCHANGED_CODE ? storedClick(rule, exchange) : NONE;
        ClickMetadata metadata = stored.metadata();
        if (metadata == null || !metadata.awaitsClickId() || !rule.accepts(metadata.code())) {
            return null;
        }
        return new Attribution(
                rule.backend(), stored.clickId(), metadata.clickedAt(), metadata.key(), details(rule, metadata));
    }

    /** Returns the landing address from the vendor's landing cookie, or {@code null} without one. */
    @Nullable
    String landing(CaptureRule rule, CookieExchange exchange) {
        String cookie = rule.landingCookie();
        return cookie == null
                ? null
                : CookieHeader.values(exchange.cookieHeaders(), cookie).stream()
                        .filter(AttributionCookieReader::isLanding)
                        .findFirst()
                        .orElse(null);
    }

    /** Returns whether a landing address fits into a cookie. */
    static boolean isLanding(String address) {
        return address.length() <= LONGEST_LANDING && address.chars().allMatch(CookieHeader::isCookieOctet);
    }

    /** Returns whether the request has a cookie of this name with a value. */
    static boolean contain(String cookie, CookieExchange exchange) {
        return !CookieHeader.values(exchange.cookieHeaders(), cookie).isEmpty();
    }

    StoredClick storedClick(CaptureRule rule, CookieExchange exchange) {
        List<String> clickIds = clickIds(rule, exchange).stream()
                .filter(clickId -> !isUsed(rule, clickId, exchange))
                .toList();
        List<ClickMetadata> metadata = metadataCookie.names(rule).stream()
                .flatMap(name -> CookieHeader.values(exchange.cookieHeaders(), name).stream())
                .map(value -> metadataCookie.parse(rule, value))
                .filter(Objects::nonNull)
                .toList();
        return StoredClick.of(clickIds, metadata, metadataCookie.isRequired());
    }

    /** Returns whether this browser has already used a click for a lead, although its cookie is still there. */
    boolean isUsed(CaptureRule rule, String clickId, CookieExchange exchange) {
        List<String> used = rule.acrossHosts() ? used(rule, exchange) : List.of();
        return !used.isEmpty()
                && (used.contains(ClickMetadataCookie.strongHash(clickId))
                        || used.contains(ClickMetadataCookie.plainHash(clickId)));
    }

    /** Returns the hashes of the clicks that this browser has used. */
    List<String> used(CaptureRule rule, CookieExchange exchange) {
        return CookieHeader.values(exchange.cookieHeaders(), metadataCookie.usedName(rule)).stream()
                .flatMap(value -> metadataCookie.parseUsed(rule, value).stream())
                .toList();
    }

    /** Returns the click ids in the rule's cookies, used or not. */
    List<String> clickIds(CaptureRule rule, CookieExchange exchange) {
        return CookieHeader.values(exchange.cookieHeaders(), rule.cookie()).stream()
                .map(value -> decode(rule, value))
                .filter(rule::accepts)
                .toList();
    }

    private static @Nullable String decode(CaptureRule rule, String value) {
        return rule.encoding() == CookieEncoding.RAW ? value : PercentEncoding.decode(value.replace("+", "%2B"));
    }

    /**
     * A click as the cookies of one request store it. A browser may send several cookies of one name, for this host and for a parent
     * domain. The click id that the metadata is bound to is the newest.
     *
     * @param clickId the click id, or {@code null}
     * @param metadata the metadata that is bound to the click id or pending, or {@code null}
     */
    record StoredClick(@Nullable String clickId, @Nullable ClickMetadata metadata) {

        /** Runs in linear time, however many cookies of one name are sent. */
        static StoredClick of(List<String> clickIds, List<ClickMetadata> metadata, boolean isMetadataRequired) {
            Map<String, ClickMetadata> byBinding = new HashMap<>();
            boolean strong = false;
            for (ClickMetadata candidate : metadata) {
                String binding = candidate.binding();
                if (binding != null) {
                    byBinding.putIfAbsent(binding, candidate);
                    strong |= candidate.hasStrongHash();
                }
            }
            for (String clickId : byBinding.isEmpty() ? List.<String>of() : clickIds) {
                ClickMetadata bound = strong ? byBinding.get(ClickMetadataCookie.strongHash(clickId)) : null;
                bound = bound == null ? byBinding.get(ClickMetadataCookie.plainHash(clickId)) : bound;
                if (bound != null) {
                    return new StoredClick(clickId, bound);
                }
            }
            return isMetadataRequired || clickIds.isEmpty()
                    ? new StoredClick(null, firstPending(metadata))
                    : new StoredClick(clickIds.get(0), null);
        }

        private static @Nullable ClickMetadata firstPending(List<ClickMetadata> metadata) {
            return metadata.stream()
                    .filter(ClickMetadata::awaitsClickId)
                    .findFirst()
                    .orElse(null);
        }
    }
}
