package io.reftrail.outbox.jdbc;

import io.reftrail.model.Attribution;
import io.reftrail.model.Outcome;
import io.reftrail.outbox.Settled;
import io.reftrail.outbox.Settlement;
import io.reftrail.outbox.internal.Fingerprint;
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
            if (settlement instanceof Settlement.Done done) {
                return done.outcome().attribution() == null ? sql.done(ids) : sql.doneSaying(ids);
            }
            if (settlement instanceof Settlement.Retry) {
                return sql.retry(ids);
            }
            return settlement instanceof Settlement.Dead ? sql.die(ids) : sql.postpone(ids);
        }

        List<Object> parameters(EventCodec codec) {
            if (settlement instanceof Settlement.Done done) {
                return parameters(done.outcome(), codec);
            }
            if (settlement instanceof Settlement.Retry retry) {
                return List.of(text(retry.reason()), retry.delay().toMillis(), lease);
            }
            if (settlement instanceof Settlement.Dead dead) {
                return List.of(text(dead.reason()), lease);
            }
            return List.of(((Settlement.Postponed) settlement).delay().toMillis(), lease);
        }

        private List<Object> parameters(Outcome outcome, EventCodec codec) {
            Attribution said = outcome.attribution();
            List<Object> parameters = new ArrayList<>(4);
            if (said != null) {
                parameters.add(codec.attribution(said));
            }
            parameters.add(outcome.verdict().name());
            parameters.add(text(outcome.reason()));
            parameters.add(lease);
            return parameters;
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
