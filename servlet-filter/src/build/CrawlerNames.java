import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes {@code crawler-names.txt} from the public list crawler-user-agents (MIT licence). To refresh it:
 *
 * <pre>
 * npm pack crawler-user-agents &amp;&amp; tar -xzf crawler-user-agents-*.tgz
 * java servlet-filter/src/build/CrawlerNames.java package/crawler-user-agents.json "version 1.67.0" \
 *     &gt; servlet-filter/src/main/resources/io/reftrail/servlet/crawler-names.txt
 * mvn -pl servlet-filter -am test -Dtest=CrawlersTests -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
final class CrawlerNames {

    /** Names that browsers and devices of people contain too, or that are too short to tell. */
    private static final Set<String> ALSO_OF_PEOPLE =
            Set.of("sonic", "sogou", "fluid", "red/", "008/", "ning/", "speedy", "viber", "whatsapp", "telegram", "flipboard");

    private static final Pattern ENTRY = Pattern.compile("\"pattern\": \"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern EITHER_CASE = Pattern.compile("\\[([A-Za-z])([A-Za-z])]");
    private static final Pattern NO_LITERAL = Pattern.compile("[\\\\\\[\\]^$*?|{}()+]");

    private CrawlerNames() {}

    public static void main(String[] arguments) throws Exception {
        Set<String> names = new TreeSet<>();
        Matcher entry = ENTRY.matcher(Files.readString(Path.of(arguments[0])));
        while (entry.find()) {
            String name = literal(entry.group(1));
            if (name != null && name.strip().length() >= 3 && !ALSO_OF_PEOPLE.contains(name)) {
                names.add(name);
            }
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println("# Made by src/build/CrawlerNames.java from github.com/monperrus/crawler-user-agents, " + arguments[1]);
        out.println("# The MIT License (MIT). Copyright (c) 2017 Martin Monperrus");
        out.println("# One name on each line, in lower case; ^ stands for the beginning of the User-Agent.");
        withoutLonger(names).forEach(out::println);
    }

    /** Returns the text that a pattern finds, or {@code null} if it is more than a text. */
    private static String literal(String json) {
        String pattern = json.replace("\\\\", "\\");
        String text = EITHER_CASE.matcher(pattern).replaceAll(match ->
                match.group(1).equalsIgnoreCase(match.group(2)) ? match.group(1) : Matcher.quoteReplacement(match.group()));
        boolean anchored = text.startsWith("^");
        text = (anchored ? text.substring(1) : text).replace("\\/", "/").replace("\\.", ".").replace("\\-", "-")
                .replace("\\(", "\u0001").replace("\\)", "\u0002").replace("\\+", "\u0003");
        return NO_LITERAL.matcher(text).find()
                ? null
                : (anchored ? "^" : "") + text.replace('\u0001', '(').replace('\u0002', ')').replace('\u0003', '+')
                        .toLowerCase(Locale.ROOT);
    }

    private static List<String> withoutLonger(Set<String> names) {
        List<String> kept = new ArrayList<>();
        names.stream().sorted(Comparator.comparingInt(String::length)).forEach(name -> {
            if (kept.stream().noneMatch(shorter -> !shorter.startsWith("^") && name.contains(shorter))) {
                kept.add(name);
            }
        });
        kept.sort(Comparator.naturalOrder());
        return kept;
    }
}
