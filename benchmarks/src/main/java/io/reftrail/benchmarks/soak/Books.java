package io.reftrail.benchmarks.soak;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The shop's table of customers and the sandbox's feed, side by side. */
final class Books {

    private final Map<String, Link> committed = new HashMap<>();
    private final Map<String, Integer> recorded = new HashMap<>();
    private int invented;
    private int wronglyCredited;
    private int resent;

    private Books() {}

    static Books compare(DataSource shop, String calls) throws SQLException {
        Books books = new Books();
        books.readCustomers(shop);
        JsonMapper.shared().readTree(calls).valueStream().forEach(books::read);
        return books;
    }

    private void readCustomers(DataSource shop) throws SQLException {
        try (Connection connection = shop.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT id, email FROM account WHERE email LIKE '%@referred.example'")) {
            while (row.next()) {
                committed.put(row.getString(1), Link.ofEmail(row.getString(2)));
            }
        }
    }

    private void read(JsonNode call) {
        if (!text(call, "kind").equals("lead")) {
            return;
        }
        String customer = text(call, "customer");
        Link link = committed.get(customer);
        if (text(call, "verdict").equals("duplicate")) {
            resent++;
        } else if (text(call, "verdict").equals("recorded")) {
            if (link == null || !link.vendor().equals(text(call, "vendor"))) {
                invented++;
            } else {
                recorded.merge(customer, 1, Integer::sum);
                wronglyCredited += link.partner().equals(text(call, "partner")) ? 0 : 1;
            }
        }
    }

    private static String text(JsonNode call, String field) {
        return call.path(field).isString() ? call.path(field).stringValue() : "";
    }

    /** New customers whom a partner has brought. */
    int committed() {
        return committed.size();
    }

    /** Those of them that the vendor does not know. */
    int missing() {
        return committed.size() - recorded.size();
    }

    /** Those that were recorded more than once. */
    long doubled() {
        return recorded.values().stream().filter(times -> times > 1).count();
    }

    /** Leads of somebody who is no new customer of that vendor's partners. */
    int invented() {
        return invented;
    }

    int wronglyCredited() {
        return wronglyCredited;
    }

    /** Leads that were sent again and recognised, which is no failure. */
    int resent() {
        return resent;
    }

    boolean agree() {
        return committed() > 0 && missing() == 0 && doubled() == 0 && invented == 0 && wronglyCredited == 0;
    }
}
