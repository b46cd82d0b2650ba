package io.example.bookshop;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.model.Customer;
import io.reftrail.servlet.ReferralCaptureFilter;
import io.reftrail.servlet.ServletReftrail;
import io.reftrail.test.ReftrailExtension;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FilterTests {

    @RegisterExtension
    static final ReftrailExtension SHOP = ReftrailExtension.forBackends("introw");

    private static final Tomcat TOMCAT = new Tomcat();

    @BeforeAll
    static void start() throws Exception {
        TOMCAT.setBaseDir("target/tomcat");
        TOMCAT.setPort(0);
        TOMCAT.getConnector();
        Context context = TOMCAT.addContext("", null);
        FilterDef filter = new FilterDef();
        filter.setFilterName("reftrail");
        filter.setFilter(ReferralCaptureFilter.builder(SHOP.reftrail()).build());
        context.addFilterDef(filter);
        FilterMap everywhere = new FilterMap();
        everywhere.setFilterName("reftrail");
        everywhere.addURLPattern("/*");
        context.addFilterMap(everywhere);
        Tomcat.addServlet(context, "signup", new SignUpServlet());
        context.addServletMappingDecoded("/signup", "signup");
        TOMCAT.start();
    }

    @AfterAll
    static void stop() throws Exception {
        TOMCAT.stop();
    }

    @SuppressWarnings("serial")
    private static final class SignUpServlet extends HttpServlet {

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            ServletReftrail.lead(request, response, Customer.of("mia"));
        }
    }

    @Test
    void whoLandsAndSignsUpIsReported() throws Exception {
        HttpClient browser =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        URI page = URI.create("http://localhost:" + TOMCAT.getConnector().getLocalPort() + "/signup");

        browser.send(
                HttpRequest.newBuilder(page.resolve("/signup?irw_id=aff_123"))
                        .header("Accept", "text/html")
                        .build(),
                BodyHandlers.discarding());
        browser.send(HttpRequest.newBuilder(page).build(), BodyHandlers.discarding());

        assertThat(SHOP.events()).leads().hasLeadFor("mia").withClickId("aff_123");
    }

    @Test
    void nobodyIsReportedWithoutAClick() throws Exception {
        URI page = URI.create("http://localhost:" + TOMCAT.getConnector().getLocalPort() + "/signup");

        HttpClient.newHttpClient().send(HttpRequest.newBuilder(page).build(), BodyHandlers.discarding());

        assertThat(SHOP.events()).hasNothing();
    }
}
