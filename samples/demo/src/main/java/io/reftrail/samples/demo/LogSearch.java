package io.reftrail.samples.demo;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks in a log for what the check's visitors are called, come from and carry along, and for the keys of the vendors. */
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

    /** Where every visitor comes from here. Keyring lives there too, and may say so. */
    private static final Pattern ADDRESS = Pattern.compile("127\\.0\\.0\\.1|0:0:0:0:0:0:0:1");

    private LogSearch() {}

    /** Returns the first thing that should not be there. */
    static Optional<String> find(String log) {
        return SECRETS.stream()
                .flatMap(secret -> secret.matcher(log).results())
                .map(MatchResult::group)
                .findFirst();
    }

    /** As {@link #find}, with the visitors' IP address. */
    static Optional<String> findAlsoAddresses(String log) {
        return find(log)
                .or(() -> ADDRESS.matcher(log).results().map(MatchResult::group).findFirst());
    }
}
