package io.reftrail.samples.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How Dub writes errors, links and customers, docs/contracts/dub.md section 3. */
@Component
final class DubReplies {

    private final SandboxSettings common;
    private final DubDialect.Settings settings;

    DubReplies(SandboxSettings common, DubDialect.Settings settings) {
        this.common = common;
        this.settings = settings;
    }

    static Object error(int status, String message) {
        String code = code(status);
        return Map.of(
                "error",
                Map.of(
                        "code",
                        code,
                        "message",
                        message,
                        "doc_url",
                        "https://dub.co/docs/api-reference/errors#" + code));
    }

    private static String code(int status) {
        return switch (status) {
            case 400 -> "bad_request";
            case 401 -> "unauthorized";
            case 403 -> "forbidden";
            case 404 -> "not_found";
            case 409 -> "conflict";
            case 410 -> "invite_expired";
            case 422 -> "unprocessable_entity";
            case 429 -> "rate_limit_exceeded";
            default -> "internal_server_error";
        };
    }

    static Answer refused(int status, String why, Subject subject) {
        Verdict verdict = status == 401 || status == 403 ? Verdict.UNAUTHORIZED : Verdict.REJECTED;
        return new Answer(status, error(status, why), verdict, why, subject);
    }

    /** The answer to a lead; without a link it is a duplicate. */
    static Map<String, @Nullable Object> lead(String clickId, @Nullable Object link, DubCustomer customer) {
        Map<String, @Nullable Object> reply = new LinkedHashMap<>();
        reply.put("click", Map.of("id", clickId));
        reply.put("link", link);
        reply.put("customer", customer.inLead());
        return reply;
    }

    Object link(String key) {
        Map<String, @Nullable Object> link = new LinkedHashMap<>();
        link.put("id", "link_" + key);
        link.put("domain", settings.domain());
        link.put("key", key);
        link.put("shortLink", "https://" + settings.domain() + "/" + key);
        link.put("url", common.merchantUrl().toString());
        link.put("partnerId", "pn_" + key);
        link.put("programId", "prog_sandbox");
        link.put("tenantId", null);
        link.put("externalId", null);
        return link;
    }
}
