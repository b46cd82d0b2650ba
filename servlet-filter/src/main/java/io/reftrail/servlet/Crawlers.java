package io.reftrail.servlet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules that recognise crawlers, link previews and other programs by their {@code User-Agent}: by the names of a public list,
 * which {@code src/build/CrawlerNames.java} refreshes, and by features that programs share, so that new ones are recognised as well.
 * The name of an Android device is ignored, because it can contain such a feature: there is a phone called "M bot 54".
 */
final class Crawlers {

    /** Words that programs use for themselves. */
    private static final List<String> WORDS = List.of(
            "crawl",
            "spider",
            "slurp",
            "headless",
            "preview",
            "fetch",
            "feed",
            "check",
            "monitor",
            "scan",
            "archive",
            "python",
            "wget",
            "library",
            "parser",
            "validator",
            "seo",
            "render",
            "screenshot",
            "capture",
            "analy",
            "scrap",
            "research",
            "survey",
            "perl/",
            "ruby",
            "httpclient",
            "go-http",
            "okhttp",
            "libwww",
            "ptst",
            "gomez",
            "catchpoint",
            "pageburst",
            "cloudflareobservatory",
            "cloudflarediagnostics",
            "wechatdevtools",
            "lighthouse",
            "phantomjs",
            "cypress/",
            "khtml, like gecko;",
            "mail.ru proxy",
            "x-purpose",
            "burpcollaborator",
            "jndi:",
            "externalhit",
            "transcoder",
            "google page speed",
            "duplexweb",
            "google-",
            "agent 3.0",
            "synthetic",
            "classifier",
            "convertify",
            "dejaclick",
            "inspector",
            "nikto",
            "sqlmap",
            "amphtml",
            "asynchttp",
            "cryptoapi",
            "fasthttp",
            "googlemessages",
            "grpc",
            "hadoop",
            " java/1",
            "logic-apps",
            "mshots",
            "neustar",
            "proxy)",
            "rss",
            "sparkler",
            "suggestion",
            "swcd",
            "toolbar ",
            "wappalyzer",
            "webdav",
            "extract",
            "loader",
            "node.js",
            "thumb",
            "duckduckgo/0",
            "ddg_android/",
            "ddg-android",
            "googletranslate",
            "googletagmanager",
            "urlgrabber",
            "s3console",
            "cloudtrail",
            "^svn/",
            "powermarks",
            "pubsub",
            "captivenetwork",
            "webglance",
            "webkit2png",
            "winhttp",
            "virus");

    /** Names of devices and of people's programs that contain such a word. */
    private static final List<String> OF_PEOPLE = List.of(
            "cubot",
            "ecosia android@",
            "ecosia ios@",
            "google-nexus",
            "camscanner",
            "checkout",
            "mozacfetch",
            "htc butterfly");

    /** The User-Agents of programs that show a page's title or picture in a chat begin so; those of browsers begin with "Mozilla". */
    private static final List<String> PREVIEWS =
            List.of("whatsapp/", "telegrambot", "viber/", "flipboardproxy", "snapchat/");

    /** Devices that people read pages with: a person's User-Agent that does not begin as a browser's contains at least one of them. */
    private static final List<String> DEVICES = List.of(
            "midp",
            "cldc",
            "browser",
            "ucweb",
            "dalvik",
            "cfnetwork",
            "darwin",
            "android",
            "iphone",
            "ipad",
            "ipod",
            "ios",
            "watch",
            "tv",
            "appletv",
            "androidtv",
            "googletv",
            "hbbtv",
            "smarttv",
            "webtv",
            "blackberry",
            "netfront",
            "obigo",
            "maui",
            "wap",
            "tizen",
            "webos",
            "linux",
            "symbian",
            "series60",
            "windows",
            "mac os",
            "macos",
            "macbook",
            "osx",
            "nokia",
            "samsung",
            "sony",
            "ericsson",
            "lg",
            "mot",
            "sie-",
            "gecko",
            "webkit",
            "mozilla",
            "roku",
            "playstation",
            "nintendo",
            "xbox",
            "upnp",
            "sonos",
            "dlna",
            "smart",
            "chrome/",
            "safari/",
            "firefox/",
            "opera",
            "microsoft",
            "apple",
            "amazon",
            "mobile",
            "phone",
            "cros",
            "docomo",
            "kddi",
            "fban",
            "vlc",
            "palm",
            "amiga",
            "teleca",
            "up/",
            "xiino",
            "airplay",
            "coreplayer",
            "/unknown/",
            "/ans/",
            "hmos",
            "next 20",
            "ktouch",
            "wtos",
            "hd v2.",
            "goggalaxy",
            "alcatel",
            "amoi",
            "archos",
            "asus",
            "audiovox",
            "bird",
            "haier",
            "htc",
            "huawei",
            "kwc-",
            "kyocera",
            "lenovo",
            "lumia",
            "padfone",
            "pantech",
            "philips",
            "sharp-",
            "vodafone",
            "zte",
            "foma",
            "dreamcast",
            "elaine");

    /** A shorter name of a device may be a part of any word. */
    private static final int SHORTEST_PART = 5;

    /** Clients by which developers and their tests follow links. They count as browsers if they ask for {@code text/html}. */
    private static final List<String> TEST_CLIENTS = List.of("java-http-client/", "apache-httpclient/", "curl/");

    /** Operating systems: a program for one of them that names its home page may be an app for reading. */
    private static final List<String> SYSTEMS = List.of("mac os", "windows", "ios;", "android");

    private static final Names NAMES =
            new Names(Stream.concat(list().stream(), WORDS.stream()).toList());

    private Crawlers() {}

    /** Returns whether a {@code User-Agent} names a crawler, a link preview or another program. */
    static boolean areNamedIn(@Nullable String userAgent) {
        if (userAgent == null || userAgent.isBlank()) {
            return false;
        }
        String agent = userAgent.toLowerCase(Locale.ROOT);
        if (TEST_CLIENTS.stream().anyMatch(agent::startsWith)) {
            return false;
        }
        boolean browser = agent.startsWith("mozilla/") || agent.startsWith("opera/");
        if (!browser && (namesNoDevice(agent) || PREVIEWS.stream().anyMatch(agent::startsWith))) {
            return true;
        }
        String text = withoutDevice(agent);
        for (String ours : OF_PEOPLE) {
            text = text.contains(ours) ? text.replace(ours, "") : text;
        }
        return NAMES.areIn(text)
                || hasBot(text)
                || hasMailAddress(text)
                || (hasUrl(text) && (browser || containsNone(text, SYSTEMS)))
                || isBare(agent);
    }

    /** Removes the comment that names the device, unless a program names itself there. */
    private static String withoutDevice(String agent) {
        int start = agent.indexOf('(');
        int end = start < 0 ? -1 : agent.indexOf(')', start);
        if (end < 0) {
            return agent;
        }
        String comment = agent.substring(start, end);
        return comment.contains("android")
                        && !comment.contains("compatible")
                        && !hasUrl(comment)
                        && !comment.contains("-google/")
                ? agent.substring(0, start) + agent.substring(end)
                : agent;
    }

    /** Returns whether "bot" ends a word. */
    private static boolean hasBot(String text) {
        for (int i = text.indexOf("bot"); i >= 0; i = text.indexOf("bot", i + 1)) {
            int end = text.startsWith("bots", i) ? i + 4 : i + 3;
            if (end == text.length() || text.charAt(end) < 'a' || text.charAt(end) > 'z') {
                return true;
            }
        }
        return false;
    }

    private static boolean hasUrl(String text) {
        return text.contains("http:") || text.contains("https:") || text.contains("www.");
    }

    private static boolean hasMailAddress(String text) {
        int at = text.indexOf('@');
        int dot = at < 0 ? -1 : text.indexOf('.', at);
        return dot > at + 1
                && text.substring(at + 1, dot).chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '-');
    }

    /** Returns whether a User-Agent is a single word, or begins as a browser's and names neither system nor engine. */
    private static boolean isBare(String agent) {
        if (agent.indexOf(' ') < 0 && agent.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
            return !agent.startsWith("iphone");
        }
        int end = agent.indexOf(')');
        return agent.startsWith("mozilla/")
                && (end < 0 || end == agent.length() - 1)
                && namesNoDevice(agent.substring("mozilla/".length()))
                && !agent.contains("x11")
                && !agent.contains("msie")
                && !agent.contains("win");
    }

    /** A short name counts only at the beginning of a word: "lg" does not name a device in "algolia". */
    private static boolean namesNoDevice(String agent) {
        for (String device : DEVICES) {
            int at = agent.indexOf(device);
            while (at > 0 && device.length() < SHORTEST_PART && Character.isLetter(agent.charAt(at - 1))) {
                at = agent.indexOf(device, at + 1);
            }
            if (at >= 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean containsNone(String agent, List<String> texts) {
        for (String text : texts) {
            if (agent.contains(text)) {
                return false;
            }
        }
        return true;
    }

    private static List<String> list() {
        try (InputStream file = Crawlers.class.getResourceAsStream("crawler-names.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Many texts that are searched in one pass: a table of their first three characters says which of them may begin at a place. */
    private static final class Names {

        private static final int BUCKETS = 1 << 13;

        private final List<String> prefixes = new ArrayList<>();
        private final String[][] buckets = new String[BUCKETS][];

        Names(List<String> names) {
            for (String name : names) {
                if (name.startsWith("^")) {
                    prefixes.add(name.substring(1));
                } else {
                    int bucket = bucket(name, 0);
                    String[] others = buckets[bucket] == null ? new String[0] : buckets[bucket];
                    buckets[bucket] =
                            Stream.concat(Stream.of(others), Stream.of(name)).toArray(String[]::new);
                }
            }
        }

        boolean areIn(String text) {
            for (String prefix : prefixes) {
                if (text.startsWith(prefix)) {
                    return true;
                }
            }
            for (int i = 0; i + 2 < text.length(); i++) {
                String[] names = buckets[bucket(text, i)];
                if (names != null) {
                    for (String name : names) {
                        if (text.startsWith(name, i)) {
                            return true;
                        }
                    }
                }
            }
            return false;
        }

        private static int bucket(String text, int at) {
            int hash = (text.charAt(at) * 31 + text.charAt(at + 1)) * 31 + text.charAt(at + 2);
            return (hash ^ (hash >>> 13)) & (BUCKETS - 1);
        }
    }
}
