package io.reftrail.samples.sandbox;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Affihub's audit log, docs/contracts/affihub.md section 3.4. A time that is none is no filter. */
@Component
final class AffihubEvents {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final RandomIds ids;

    AffihubEvents(JdbcClient jdbc, JsonMapper json, RandomIds ids) {
        this.jdbc = jdbc;
        this.json = json;
        this.ids = ids;
    }

    void add(String type, Map<String, @Nullable Object> payload) {
        jdbc.sql("insert into events (id, type, payload, at) values (?, ?, ?, ?)")
                .params("evt_" + ids.next(12), type, json.writeValueAsString(payload), Instant.now())
                .update();
    }

    /** The newest first. */
    Object page(String program, VendorCall call) {
        Paging paging = Paging.of(call);
        @Nullable String type = call.parameter("type");
        Instant from = time(call.parameter("from"), Instant.EPOCH);
        Instant to = time(call.parameter("to"), Instant.now().plusSeconds(60));
        List<Map<String, Object>> all = jdbc
                .sql("select * from events where at >= ? and at <= ? order by number desc")
                .params(from, to)
                .query((row, n) -> {
                    Map<String, Object> event = new LinkedHashMap<>();
                    event.put("id", row.getString("id"));
                    event.put("program_id", program);
                    event.put("type", row.getString("type"));
                    event.put("payload", json.readTree(row.getString("payload")));
                    event.put("created_at", row.getObject("at", Instant.class).toString());
                    return event;
                })
                .list()
                .stream()
                .filter(event -> type == null || type.equals(event.get("type")))
                .toList();
        return Map.of(
                "data", paging.cut(all), "total", all.size(), "page", paging.page(), "per_page", paging.perPage());
    }

    private static Instant time(@Nullable String text, Instant otherwise) {
        try {
            return text == null ? otherwise : Instant.parse(text);
        } catch (DateTimeParseException malformed) {
            return otherwise;
        }
    }
}
