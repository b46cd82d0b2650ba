package io.reftrail.samples.demo;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Searches a log for personal data of the check's visitors and for the vendors' keys. */
final class LogSearch {

    /** Names, addresses, browsers; ids of customers, clicks and invoices; keys and passwords. */
    private static final List<Pattern> SECRETS = Stream.of(
                    "@example\\.org",
                    "\\b(Ada|Kim|Lea|Late|Mallory|Noor|Sorensen|Tom)\\b",
                    "Firefox",
                    "203\\.0\\.113",
                    "\\b(aff|cust|clk)_",
                    "irw_id=|refp_id=|dub_id=",
                    "inv-",
                    "sandbox-introw-key",
                    "rk_sandbox",
                    "sk_live_sandbox",
                    "dub_sandbox",
                    "shop-secret")
            .map(Pattern::compile)
            .toList();

    /** The address of all visitors, and of Keyring, which may log it. */
    private static final Pattern ADDRESS = Pattern.compile("127\\.0\\.0\\.1|0:0:0:0:0:0:0:1");

    private LogSearch() {}

    /** Returns the first match, if there is one. */
    static Optional<String> find(String log) {
        return SECRETS.stream()
                .flatMap(secret -> secret.matcher(log).results())
                .map(MatchResult::group)
                .findFirst();
    }

    /** Searches as {@link #find} does, and for the visitors' IP address. */
    static Optional<String> findAlsoAddresses(String log) {
        return find(log)
                .or(() -> ADDRESS.matcher(log).results().map(MatchResult::group).findFirst());
    }
}
