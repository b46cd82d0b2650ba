package io.reftrail.benchmarks.soak;

import io.reftrail.benchmarks.soak.Traffic.Link;
import io.reftrail.samples.demo.Sandbox;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import tools.jackson.databind.JsonNode;

/**
 * A comparison of the shop's table of customers with the calls that the sandbox has received.
 *
 * @param referred committed customers who were referred by a partner
 * @param missing those of them whose lead the vendor has not recorded
 * @param doubled those whose lead the vendor has recorded more than once
 * @param invented recorded leads of others
 * @param miscredited recorded leads that are credited to another partner
 * @param resent leads that were sent again and recognised, which is not a failure
 */
record Comparison(int referred, int missing, long doubled, int invented, int miscredited, int resent) {

    static Comparison of(DataSource shop, List<JsonNode> calls) throws SQLException {
        Map<String, Link> referred = referred(shop);
        Map<String, Integer> recorded = new HashMap<>();
        int invented = 0;
        int miscredited = 0;
        int resent = 0;
        for (JsonNode call : calls) {
            if (!Sandbox.text(call, "kind").equals("lead")) {
                continue;
            }
            Link link = referred.get(Sandbox.text(call, "customer"));
            if (Sandbox.text(call, "verdict").equals("duplicate")) {
                resent++;
            } else if (Sandbox.isRecorded(call)) {
                if (link == null || !link.vendor().equals(Sandbox.text(call, "vendor"))) {
                    invented++;
                } else {
                    recorded.merge(Sandbox.text(call, "customer"), 1, Integer::sum);
                    miscredited += link.partner().equals(Sandbox.text(call, "partner")) ? 0 : 1;
                }
            }
        }
        long doubled = recorded.values().stream().filter(times -> times > 1).count();
        return new Comparison(
                referred.size(), referred.size() - recorded.size(), doubled, invented, miscredited, resent);
    }

    private static Map<String, Link> referred(DataSource shop) throws SQLException {
        Map<String, Link> referred = new HashMap<>();
        try (Connection connection = shop.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT id, email FROM account WHERE email LIKE '%@referred.example'")) {
            while (row.next()) {
                referred.put(row.getString(1), Link.ofEmail(row.getString(2)));
            }
        }
        return referred;
    }

    /** Returns whether there were referred customers, and each of them is recorded once and for the right partner. */
    boolean isGood() {
        return referred > 0 && missing == 0 && doubled == 0 && invented == 0 && miscredited == 0;
    }
}
