package io.example.bookshop;

import static io.reftrail.test.ReftrailRequestPostProcessors.clickedLinkOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

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
class SignUpTests {

    @Autowired
    MockMvc shop;

    @Test
    void whoComesThroughAPartnerIsReported(ReportedEvents reported) throws Exception {
        shop.perform(post("/signup").param("id", "mia").with(clickedLinkOf("introw", "aff_123")));

        assertThat(reported).leads().hasLeadFor("mia").from("introw").withClickId("aff_123");
    }

    @Test
    void whoComesAloneIsNot(ReportedEvents reported) throws Exception {
        shop.perform(post("/signup").param("id", "mia"));

        assertThat(reported).leads().hasNoLeads();
    }
}
