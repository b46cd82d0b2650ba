package io.reftrail.capture;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of one click: the click id in the vendor's cookie, and what was kept beside it. A browser may send several,
 * of this host and of a parent domain: the click id that a companion of ours fits is the newest.
 *
 * @param clickId the click id, or {@code null}
 * @param companion what was kept beside it, or {@code null}; what was kept beside another one does not count
 */
record KeptClick(@Nullable String clickId, @Nullable Companion companion) {

    /**
     * Takes time in proportion to what was sent, however many cookies of one name somebody sends.
     *
     * @param isCompanionNeeded whether a click id counts only beside a companion
     */
    static KeptClick of(List<String> clickIds, List<Companion> companions, boolean isCompanionNeeded) {
        Map<String, Companion> byBinding = new HashMap<>();
        boolean strong = false;
        for (Companion companion : companions) {
            String binding = companion.binding();
            if (binding != null) {
                byBinding.putIfAbsent(binding, companion);
                strong |= ClickBinding.isStrong(binding);
            }
        }
        for (String clickId : byBinding.isEmpty() ? List.<String>of() : clickIds) {
            Companion companion = strong ? byBinding.get(ClickBinding.strong(clickId)) : null;
            companion = companion == null ? byBinding.get(ClickBinding.plain(clickId)) : companion;
            if (companion != null) {
                return new KeptClick(clickId, companion);
            }
        }
        return isCompanionNeeded || clickIds.isEmpty()
                ? new KeptClick(null, firstPending(companions))
                : new KeptClick(clickIds.get(0), null);
    }

    private static @Nullable Companion firstPending(List<Companion> companions) {
        return companions.stream().filter(Companion::isPending).findFirst().orElse(null);
    }
}
