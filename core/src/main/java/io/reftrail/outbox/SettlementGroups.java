package io.reftrail.outbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Sorts settlements so that equal ones of the same lease become one statement. */
final class SettlementGroups {

    private static final int LONGEST_REASON = 500;

    private static final Pattern UNPRINTABLE = Pattern.compile("\\p{Cntrl}");

    /** Claims of one lease that end alike. */
    record Group(Settlement settlement, String lease, List<byte[]> ids) {

        String statement(Statements sql, int ids) {
            if (settlement instanceof Settlement.Done) {
                return sql.done(ids);
            }
            if (settlement instanceof Settlement.Retry) {
                return sql.retry(ids);
            }
            return settlement instanceof Settlement.Dead ? sql.die(ids) : sql.postpone(ids);
        }

        List<Object> parameters() {
            if (settlement instanceof Settlement.Done done) {
                return List.of(
                        done.outcome().verdict().name(), text(done.outcome().reason()), lease);
            }
            if (settlement instanceof Settlement.Retry retry) {
                return List.of(text(retry.reason()), retry.delay().toMillis(), lease);
            }
            if (settlement instanceof Settlement.Dead dead) {
                return List.of(text(dead.reason()), lease);
            }
            return List.of(((Settlement.Postponed) settlement).delay().toMillis(), lease);
        }

        /** What any database can hold. */
        private static String text(String reason) {
            String printable = UNPRINTABLE.matcher(reason).replaceAll(" ");
            return printable.substring(0, Math.min(printable.length(), LONGEST_REASON));
        }
    }

    private record Kind(Settlement settlement, String lease) {}

    private SettlementGroups() {}

    static Collection<Group> of(List<Settled> claims) {
        Map<Kind, Group> groups = new LinkedHashMap<>();
        for (Settled settled : claims) {
            Kind kind = new Kind(settled.settlement(), settled.claim().leaseToken());
            groups.computeIfAbsent(kind, absent -> new Group(kind.settlement(), kind.lease(), new ArrayList<>()))
                    .ids()
                    .add(Fingerprint.parse(settled.claim().id()).bytes());
        }
        return groups.values();
    }
}
