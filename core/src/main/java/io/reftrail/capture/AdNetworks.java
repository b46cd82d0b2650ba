package io.reftrail.capture;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The query parameters by which advertising networks mark the clicks on their advertisements, as each documents them. Facebook adds
 * {@code fbclid} to unpaid links, too.
 */
final class AdNetworks {

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("gclid", "Google"),
            Map.entry("gbraid", "Google"),
            Map.entry("wbraid", "Google"),
            Map.entry("dclid", "Google"),
            Map.entry("fbclid", "Facebook"),
            Map.entry("msclkid", "Bing"),
            Map.entry("ttclid", "TikTok"),
            Map.entry("li_fat_id", "LinkedIn"),
            Map.entry("twclid", "Twitter"),
            Map.entry("rdt_cid", "reddit"),
            Map.entry("epik", "Pinterest"),
            Map.entry("scclid", "Snapchat"),
            Map.entry("qclid", "Quora"),
            Map.entry("yclid", "Yandex"));

    /** {@code fbclid} comes last, because it is also on unpaid links. */
    private static final List<String> PARAMETERS = NAMES.keySet().stream()
            .sorted(Comparator.comparing((String name) -> name.equals("fbclid")).thenComparing(name -> name))
            .toList();

    private AdNetworks() {}

    /** Returns the parameters in small letters, the preferred one first. */
    static List<String> parameters() {
        return PARAMETERS;
    }

    static boolean isParameter(String name) {
        return NAMES.containsKey(name);
    }

    /** Returns the network's name as in the list of referrers, so that paid and other visits have one source. */
    static String name(String parameter) {
        return Objects.requireNonNull(NAMES.get(parameter));
    }
}
