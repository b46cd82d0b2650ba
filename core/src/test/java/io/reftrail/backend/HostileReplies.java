package io.reftrail.backend;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Replies in place of a vendor's answer: from proxies, from a vendor in trouble, or from an unknown sender. */
final class HostileReplies {

    static final List<String> PAGES = List.of(
            "<html><body>Bad gateway</body></html>",
            "\n \t<!DOCTYPE html><html lang=en></html>",
            "\ufeff<!doctype html><title>Just a moment...</title>",
            "<?xml version=\"1.0\"?><html/>",
            "<HTML><BODY>503</BODY></HTML>");

    static final List<String> BODIES = List.of(
            "",
            " ",
            "{",
            "{\"status\":\"recorded\",\"conv",
            "{}",
            "[]",
            "[{\"status\":\"recorded\"}]",
            "null",
            "true",
            "0",
            "1e999999999",
            "\"text\"",
            "{\"status\":null,\"success\":null,\"data\":null,\"error\":null,\"link\":null,\"click\":null}",
            "{\"status\":1,\"success\":\"yes\",\"data\":[],\"error\":[1],\"link\":1,\"click\":\"x\",\"message\":{}}",
            "{\"success\":false}",
            "{\"ok\":false,\"status\":\"failed\",\"error\":\"no\"}",
            "{\"error\":{\"code\":null,\"message\":7}}",
            "{} {}",
            "[".repeat(5_000),
            "{\"a\":".repeat(5_000),
            "{\"padding\":\"" + "x".repeat(60_000) + "\"}",
            "\u0000\u0007}{\ufffd\ufffd\u001f\u008b",
            "upstream connect error");

    private HostileReplies() {}

    /** Each {@code Retry-After} with the pause it asks for; with {@code null} where it asks for nothing that is known. */
    static Map<String, @Nullable Duration> retryAfters() {
        Instant now = OutcomeRow.RECEIVED;
        Map<String, @Nullable Duration> texts = new LinkedHashMap<>();
        texts.put("7", Duration.ofSeconds(7));
        texts.put(" 7 ", Duration.ofSeconds(7));
        texts.put("0", Duration.ofSeconds(1));
        texts.put("86400", Duration.ofHours(1));
        texts.put("99999999999999999999999", Duration.ofHours(1));
        texts.put(date(now.plusSeconds(60)), Duration.ofMinutes(1));
        texts.put(date(now.minusSeconds(60)), Duration.ofSeconds(1));
        texts.put(date(now.plus(Duration.ofDays(3))), Duration.ofHours(1));
        texts.put(Long.toString(now.plus(Duration.ofMinutes(2)).getEpochSecond()), Duration.ofMinutes(2));
        texts.put(Long.toString(now.plus(Duration.ofMinutes(2)).toEpochMilli()), Duration.ofMinutes(2));
        texts.put(Long.toString(now.minus(Duration.ofMinutes(2)).toEpochMilli()), Duration.ofSeconds(1));
        for (String nothing :
                List.of("", "-5", "7.5", "7, 8", "soon", "Mon, 99 Foo 2026", "\u0667", "x".repeat(5_000))) {
            texts.put(nothing, null);
        }
        return texts;
    }

    private static String date(Instant instant) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
    }

    static HttpReply reply(int status, @Nullable String retryAfter, String body) {
        return new HttpReply(status, retryAfter, body, OutcomeRow.RECEIVED);
    }
}
