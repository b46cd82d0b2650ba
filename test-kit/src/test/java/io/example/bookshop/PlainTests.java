package io.example.bookshop;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.Reftrail;
import io.reftrail.capture.HeaderExchange;
import io.reftrail.model.Customer;
import io.reftrail.test.PartnerClick;
import io.reftrail.test.ReftrailExtension;
import io.reftrail.test.ReportedEvents;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PlainTests {

    @RegisterExtension
    final ReftrailExtension shop = ReftrailExtension.forBackends("dub");

    @Test
    void aSaleFollowsItsLead(Reftrail reftrail, ReportedEvents reported) {
        String cookies = PartnerClick.of("dub", "k3Vt9QxLm2Za8RbE").in(reftrail).header();

        reftrail.lead(HeaderExchange.of(cookies, true), Customer.of("mia"));
        reftrail.sale("mia", new BigDecimal("29.00"), "EUR", "invoice-1");

        assertThat(reported).leads().hasLeadFor("mia").from("dub");
        assertThat(reported).sales().hasSaleOf("29.00", "EUR").by("mia").withInvoice("invoice-1");
    }
}
