package io.example.bookshop;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.Reftrail;
import io.reftrail.test.AutoConfigureReftrail;
import io.reftrail.test.PartnerClick;
import io.reftrail.test.ReportedEvents;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.TestRestTemplate;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureTestRestTemplate;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.servlet.client.RestTestClient;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
@AutoConfigureTestRestTemplate
@AutoConfigureReftrail(backends = {"introw", "affitor"})
class ServerTests {

    @Test
    void restTestClient(@Autowired RestTestClient shop, @Autowired Reftrail reftrail, ReportedEvents reported) {
        String cookies = PartnerClick.of("introw", "aff_123").in(reftrail).header();

        shop.post().uri("/signup?id=mia").header("Cookie", cookies).exchange();

        assertThat(reported).leads().hasLeadFor("mia").withClickId("aff_123");
    }

    @Test
    void testRestTemplate(@Autowired TestRestTemplate shop, @Autowired Reftrail reftrail, ReportedEvents reported) {
        HttpHeaders headers = new HttpHeaders();
        headers.set("Cookie", PartnerClick.of("introw", "aff_123").in(reftrail).header());

        shop.postForEntity("/signup?id=mia", new HttpEntity<>(headers), String.class);

        assertThat(reported).leads().hasLeadFor("mia").withClickId("aff_123");
    }

    /** A client that keeps cookies and follows redirects is a browser: it lands on the partner's link itself. */
    @Test
    void browser(@LocalServerPort int port, ReportedEvents reported) throws Exception {
        HttpClient browser = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        URI shop = URI.create("http://localhost:" + port);

        browser.send(
                HttpRequest.newBuilder(shop.resolve("/books?aff=nora"))
                        .header("Accept", "text/html")
                        .build(),
                BodyHandlers.discarding());
        browser.send(
                HttpRequest.newBuilder(shop.resolve("/signup?id=mia"))
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.discarding());

        assertThat(reported).clicks().hasClickOf("nora").from("affitor");
        assertThat(reported).leads().hasLeadFor("mia").from("affitor").withClickId("clk_nora");
    }
}
