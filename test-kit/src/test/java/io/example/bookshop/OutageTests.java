package io.example.bookshop;

import static io.reftrail.test.ReftrailRequestPostProcessors.clickedLinkOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import io.reftrail.model.Outcome.Verdict;
import io.reftrail.test.AutoConfigureReftrail;
import io.reftrail.test.ReportedEvents;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.web.servlet.MockMvc;

@SpringBootTest
@AutoConfigureMockMvc
@AutoConfigureReftrail(backends = "introw")
class OutageTests {

    @Autowired
    MockMvc shop;

    @Test
    void aLeadWaitsForAVendorThatIsAway(ReportedEvents reported) throws Exception {
        reported.vendor("introw").goesAway();

        shop.perform(post("/signup").param("id", "mia").with(clickedLinkOf("introw", "aff_123")));
        assertThat(reported).leads().hasWaitingLeadFor("mia");

        reported.vendor("introw").comesBack();
        assertThat(reported).leads().hasLeadFor("mia").answered(Verdict.RECORDED);
    }

    @Test
    void theVendorMayKnowTheLead(ReportedEvents reported) throws Exception {
        reported.vendor("introw").answers(Verdict.DUPLICATE);

        shop.perform(post("/signup").param("id", "mia").with(clickedLinkOf("introw", "aff_123")));

        assertThat(reported).leads().hasLeadFor("mia").answered(Verdict.DUPLICATE);
    }
}
