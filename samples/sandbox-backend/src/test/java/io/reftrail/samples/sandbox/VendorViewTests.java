package io.reftrail.samples.sandbox;

import static io.reftrail.samples.sandbox.RunningSandbox.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What {@code /sandbox/vendors} says that a vendor can do, after section 3 of each contract. */
class VendorViewTests {

    @RegisterExtension
    static final RunningSandbox sandbox = RunningSandbox.usual();

    @ParameterizedTest
    @CsvSource({
        "affihub, click sale, click read",
        "affitor, click lead sale, click lead sale refund",
        "affonso, click lead sale, click lead sale refund trial",
        "dub, click lead sale, click lead sale",
        "everflow, click lead sale, click lead sale",
        "firstpromoter, click lead sale, lead sale refund cancellation",
        "introw, click lead, lead",
        "refport, click lead sale, lead sale",
        "rewardful, click lead sale, lead sale refund",
        "tapfiliate, click lead sale, click lead sale",
        "tolt, click lead sale, click lead sale refund"
    })
    void saysWhatAVendorCountsAndWhichCallsItTakes(String vendor, String counts, String endpoints) throws Exception {
        JsonNode view = json(sandbox.get("/sandbox/vendors"))
                .valueStream()
                .filter(each -> each.path("vendor").asString().equals(vendor))
                .findFirst()
                .orElseThrow();

        assertThat(words(view.path("counts"))).isEqualTo(counts);
        assertThat(words(view.path("endpoints"))).isEqualTo(endpoints);
    }

    private static String words(JsonNode kinds) {
        return kinds.valueStream().map(JsonNode::asString).collect(Collectors.joining(" "));
    }
}
