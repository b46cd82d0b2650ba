package io.reftrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The results that applications read. */
class ReportTests {

    @Test
    void aReportHasTheStatusOfEachBackendInItsOrder() {
        Map<String, LeadStatus> statuses = new LinkedHashMap<>();
        statuses.put("refport", LeadStatus.DUPLICATE);
        statuses.put("dub", LeadStatus.ENQUEUED);
        LeadReport report = new LeadReport(statuses);
        statuses.clear();

        assertThat(report).hasToString("{refport=DUPLICATE, dub=ENQUEUED}");
        assertThat(report.status("dub")).isEqualTo(LeadStatus.ENQUEUED);
        assertThat(report.status("introw")).isNull();
        assertThat(report.isEmpty()).isFalse();
        assertThat(report.refused()).isEmpty();
        assertThat(report.orThrow()).isSameAs(report);
        assertThatThrownBy(() -> report.statuses().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aReportWithARefusedLeadThrowsIfItIsAsked() {
        LeadReport report = new LeadReport(Map.of("dub", LeadStatus.ENQUEUED, "introw", LeadStatus.REFUSED));

        assertThat(report.refused()).containsExactly("introw");
        assertThatThrownBy(report::orThrow)
                .isInstanceOfSatisfying(EventRefusedException.class, refused -> assertThat(refused.backends())
                        .containsExactly("introw"))
                .hasMessage("The lead could not be stored for introw. Report it again; the log has the cause.");
    }

    @Test
    void aCustomerWhomNoPartnerReferredHasAnEmptyReport() {
        assertThat(LeadReport.NONE.isEmpty()).isTrue();
        assertThat(LeadReport.NONE.orThrow().refused()).isEmpty();
        assertThat(new SaleReport(Map.of()).isEmpty()).isTrue();
        assertThat(new SaleReport(Map.of("dub", SaleStatus.ENQUEUED)).status("dub"))
                .isEqualTo(SaleStatus.ENQUEUED);
    }
}
