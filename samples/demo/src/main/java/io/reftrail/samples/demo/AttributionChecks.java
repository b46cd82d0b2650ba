package io.reftrail.samples.demo;

import static io.reftrail.samples.demo.Steps.require;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The shop's own record, without any vendor: who brought a customer, and the friends that customers bring. */
final class AttributionChecks {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Pattern ROW = Pattern.compile("<tr><th scope=\"row\">([A-Za-z -]+)</th>(.*?)</tr>");
    private static final Pattern CELL = Pattern.compile("<td>([^<]+)</td>");
    private static final Pattern COLUMN = Pattern.compile("<th scope=\"col\">([^<]+)</th>");
    private static final Pattern TOTAL = Pattern.compile("id=\"total\">([0-9.-]+) €<");
    private static final Pattern LINK = Pattern.compile("readonly value=\"([^\"]+)\"");
    private static final Pattern FRIEND = Pattern.compile("data-status=\"([a-z-]+)\"");
    private static final Pattern TOKEN = Pattern.compile("name=\"(token-header|token)\" content=\"([^\"]+)\"");

    /** What the three visits of a payment of 29 euros earn, by model. */
    private static final Map<String, List<String>> SHARES = Map.of(
            "first-touch", List.of("29.00", "0.00", "0.00"),
            "last-touch", List.of("0.00", "0.00", "29.00"),
            "last-non-direct", List.of("0.00", "0.00", "29.00"),
            "linear", List.of("9.67", "9.66", "9.67"),
            "position-based", List.of("11.60", "5.80", "11.60"),
            "time-decay", List.of("9.67", "9.66", "9.67"));

    /** The kinds of source of the three visits, as the operator's page calls them. */
    private static final List<String> SOURCES = List.of("search", "mail", "ai assistant");

    private final RunningDemo demo;
    private final Steps steps;

    AttributionChecks(RunningDemo demo, Steps steps) {
        this.demo = demo;
        this.steps = steps;
    }

    void run() throws IOException, InterruptedException, Steps.Failure {
        journey();
        friends();
    }

    private ShopPages visitor() {
        return new ShopPages(demo.shop(), new Browser());
    }

    private void journey() throws IOException, InterruptedException, Steps.Failure {
        ShopPages uma = visitor();
        List<String> number = new ArrayList<>();
        steps.step("three visits are the customer's journey", () -> {
            visit(uma, "/", "https://www.google.com/");
            visit(uma, "/pricing?utm_source=newsletter&utm_medium=email", "https://mail.example.org/");
            visit(uma, "/", "https://chatgpt.com/");
            number.add(uma.signUp("uma@example.org", "Uma").number());
            String page = page(uma, "/account");
            for (String source : List.of("Google", "newsletter", "ChatGPT")) {
                require(page.contains("<strong>" + source + "</strong>"), "the account page does not show " + source);
            }
            require(!uma.browser().has("_reftrail-touches"), "the cookie is still there");
            return "Google, newsletter, ChatGPT";
        });
        List<Revenue> before = new ArrayList<>();
        steps.step("each model divides the payment to the cent", () -> {
            before.add(revenue());
            uma.buy("uma@example.org");
            Map<String, List<String>> divided = rows(await(uma, "/account", page -> page.contains("id=\"models\"")));
            require(divided.equals(SHARES), "the page shows " + divided);
            return "position-based " + divided.get("position-based");
        });
        steps.step("the operator sees it by source, with equal sums", () -> {
            int stranger =
                    new Browser().open(demo.shop().resolve("/admin/revenue")).statusCode();
            require(stranger == 401, "a stranger gets " + stranger);
            Revenue now = revenue();
            for (Map.Entry<String, List<String>> divided : SHARES.entrySet()) {
                String model = divided.getKey();
                require(now.sum(model).compareTo(now.total()) == 0, model + " has " + now.sum(model) + " of " + now);
                List<String> earned = SOURCES.stream()
                        .map(source -> now.of(source, model)
                                .subtract(before.get(0).of(source, model))
                                .toPlainString())
                        .toList();
                require(earned.equals(divided.getValue()), "by " + model + " the sources have earned " + earned);
            }
            return "%s € of %d sources by %d models"
                    .formatted(now.total(), now.rows().size(), now.models().size());
        });
        steps.step("the customer's export has the journey", () -> {
            JsonNode data = JsonMapper.shared().readTree(page(uma, "/account/data"));
            require(
                    data.path("reftrail_touch").size() == 3,
                    data.path("reftrail_touch").size() + " touches");
            require(data.path("reftrail_conversion").size() == 2, "conversions " + data.path("reftrail_conversion"));
            return data.propertyNames().size() - 1 + " tables";
        });
        steps.step("a deleted account leaves nothing", () -> {
            uma.browser().submit(demo.shop().resolve("/account"), demo.shop().resolve("/account/delete"), Map.of());
            String left = operatorsExport(number.get(0));
            require(left.equals("{\"customer\":\"" + number.get(0) + "\"}"), "there is " + left);
            return "the operator's export is empty";
        });
    }

    /**
     * The operator's page.
     *
     * @param total the payments less the refunds
     * @param rows by source, what it has earned by each model
     */
    private record Revenue(BigDecimal total, List<String> models, Map<String, List<BigDecimal>> rows) {

        BigDecimal of(String source, String model) {
            List<BigDecimal> row = rows.get(source);
            return row == null ? BigDecimal.ZERO.setScale(2) : row.get(models.indexOf(model));
        }

        BigDecimal sum(String model) {
            return rows.keySet().stream().map(source -> of(source, model)).reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }

    private Revenue revenue() throws IOException, InterruptedException, Steps.Failure {
        HttpResponse<String> answer = new Browser()
                .fetch(HttpRequest.newBuilder(demo.shop().resolve("/admin/revenue"))
                        .header("Authorization", ConsoleChecks.OPERATOR));
        String page = answer.body();
        Matcher total = TOTAL.matcher(page);
        require(answer.statusCode() == 200 && total.find(), "the operator's page answers " + answer.statusCode());
        List<String> columns =
                COLUMN.matcher(page).results().map(column -> column.group(1)).toList();
        Map<String, List<BigDecimal>> rows = new LinkedHashMap<>();
        rows(page)
                .forEach((source, cells) ->
                        rows.put(source, cells.stream().map(BigDecimal::new).toList()));
        List<BigDecimal> sums = rows.remove("Sum");
        Revenue revenue = new Revenue(new BigDecimal(total.group(1)), columns.subList(1, columns.size()), rows);
        require(
                revenue.models().stream().map(revenue::sum).toList().equals(sums),
                "the page says that the sums are " + sums);
        return revenue;
    }

    /** A navigation with the referrer that a browser would send. */
    private void visit(ShopPages pages, String target, String referrer) throws IOException, InterruptedException {
        pages.browser()
                .fetch(HttpRequest.newBuilder(demo.shop().resolve(target))
                        .header("Accept", "text/html")
                        .header("Referer", referrer)
                        .header("Sec-Fetch-Mode", "navigate")
                        .header("Sec-Fetch-Dest", "document")
                        .header("Sec-Fetch-Site", "cross-site"));
    }

    private static Map<String, List<String>> rows(String page) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        Matcher row = ROW.matcher(page);
        while (row.find()) {
            List<String> cells = CELL.matcher(row.group(2))
                    .results()
                    .map(cell -> cell.group(1))
                    .toList();
            rows.put(row.group(1), cells);
        }
        return rows;
    }

    private void friends() throws IOException, InterruptedException, Steps.Failure {
        ShopPages tess = visitor();
        ShopPages finn = visitor();
        List<String> link = new ArrayList<>();
        steps.step("a customer has a link that shows nobody", () -> {
            String number = tess.signUp("tess@example.org", "Tess").number();
            link.add(link(tess));
            require(link.get(0).equals(link(tess)), "it has changed");
            require(!link.get(0).contains(number), "it has the customer's number");
            return link.get(0).replaceAll("=.*", "=…");
        });
        steps.step("a friend follows it and signs up", () -> {
            URI clean = Browser.location(finn.browser().open(URI.create(link.get(0))));
            require(clean.getRawQuery() == null || clean.getRawQuery().isEmpty(), "the address is " + clean);
            finn.signUp("finn@example.org", "Finn");
            awaitFriends(tess, List.of("signed-up"));
            require(page(finn, "/account").contains("A friend's link did."), "the friend's page does not say it");
            return "signed-up";
        });
        steps.step("the friend pays, and both are rewarded", () -> {
            finn.buy("finn@example.org");
            awaitFriends(tess, List.of("rewarded"));
            for (String credit : List.of(page(tess, "/account/friends"), page(finn, "/account"))) {
                require(credit.contains("10 €"), "no credit of 10 euros");
            }
            return "10 € each";
        });
        steps.step("a customer's own link brings nobody", () -> {
            ShopPages again = visitor();
            again.browser().open(URI.create(link.get(0)));
            require(again.browser().has("_reftrail-friend"), "the link was not captured");
            again.form("tess@example.org", ShopPages.PASSWORD);
            require(!again.browser().has("_reftrail-friend"), "the cookie is still there");
            require(decisions().contains("LEAD own self-referral"), "no decision says so");
            again.browser().restart();
            again.signUp("tess.again@example.org", "Tess");
            require(statuses(tess).equals(List.of("rewarded")), "her friends are " + statuses(tess));
            return "self-referral, and no second account either";
        });
        steps.step("a friend who leaves is forgotten on both sides", () -> {
            finn.browser().submit(demo.shop().resolve("/account"), demo.shop().resolve("/account/delete"), Map.of());
            require(statuses(tess).isEmpty(), "her friends are " + statuses(tess));
            return "nobody";
        });
        steps.step("a friend types the code in place of the link", () -> {
            String code = link.get(0).substring(link.get(0).indexOf('=') + 1);
            ShopPages fay = visitor();
            fay.signUp("fay@example.org", "Fay", code.toUpperCase(Locale.ROOT));
            awaitFriends(tess, List.of("signed-up"));
            return "signed-up, without a click";
        });
    }

    private String link(ShopPages pages) throws IOException, InterruptedException, Steps.Failure {
        Matcher link = LINK.matcher(page(pages, "/account/friends"));
        require(link.find(), "the page has no link");
        return link.group(1);
    }

    private List<String> statuses(ShopPages pages) throws IOException, InterruptedException {
        return statuses(page(pages, "/account/friends"));
    }

    private static List<String> statuses(String page) {
        return FRIEND.matcher(page).results().map(friend -> friend.group(1)).toList();
    }

    private void awaitFriends(ShopPages pages, List<String> expected)
            throws IOException, InterruptedException, Steps.Failure {
        await(pages, "/account/friends", page -> statuses(page).equals(expected));
    }

    private String await(ShopPages pages, String target, Predicate<String> expected)
            throws IOException, InterruptedException, Steps.Failure {
        long start = System.nanoTime();
        String page = page(pages, target);
        while (!expected.test(page)) {
            require(System.nanoTime() - start < PATIENCE.toNanos(), target + " shows " + page);
            Thread.onSpinWait();
            page = page(pages, target);
        }
        return page;
    }

    private String page(ShopPages pages, String target) throws IOException, InterruptedException {
        return pages.browser().open(demo.shop().resolve(target)).body();
    }

    private List<String> decisions() throws IOException, InterruptedException {
        HttpResponse<String> answer = new Browser()
                .fetch(HttpRequest.newBuilder(demo.shop().resolve("/actuator/reftrail/decisions"))
                        .header("Accept", "application/json")
                        .header("Authorization", ConsoleChecks.OPERATOR));
        return JsonMapper.shared()
                .readTree(answer.body())
                .path("decisions")
                .valueStream()
                .map(one -> Sandbox.text(one, "stage") + " " + Sandbox.text(one, "backend") + " "
                        + Sandbox.text(one, "reason"))
                .toList();
    }

    /** Asks in the operator's console what is stored of a customer. */
    private String operatorsExport(String customer) throws IOException, InterruptedException {
        Browser operator = new Browser();
        URI console = URI.create(demo.shop() + "/actuator/reftrail/console");
        String page = operator.fetch(HttpRequest.newBuilder(console).header("Authorization", ConsoleChecks.OPERATOR))
                .body();
        Map<String, String> token = new LinkedHashMap<>();
        TOKEN.matcher(page).results().forEach(found -> token.put(found.group(1), found.group(2)));
        return operator.fetch(HttpRequest.newBuilder(URI.create(console + "/export"))
                        .header("Authorization", ConsoleChecks.OPERATOR)
                        .header("Content-Type", "application/json")
                        .header("X-Reftrail-Console", "1")
                        .header(token.get("token-header"), token.get("token"))
                        .POST(HttpRequest.BodyPublishers.ofString("{\"subject\":\"" + customer + "\"}")))
                .body();
    }
}
