package io.reftrail.security.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.apache.catalina.connector.Connector;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.springframework.http.MediaType;

/** An identity provider that lets the browser post its answer from another site, as SAML's POST binding does. */
@Tag("browser")
class CrossSitePostTests {

    @AutoClose
    private final Shop shop = Shop.open(SamlLoginTests.Saml.class);

    @AutoClose
    private final EmbeddedServer provider = new EmbeddedServer(new Connector());

    @AutoClose("quit")
    private final ChromeDriver browser = Chromium.start();

    CrossSitePostTests() {
        Servlet page = new HttpServlet() {
            @Override
            protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                response.setContentType(MediaType.TEXT_HTML_VALUE);
                response.getWriter()
                        .print("<form method='post' action='" + shop.at(SamlLogin.ENDPOINT)
                                + "'><input name='SAMLResponse' value='eDo='><button>Go on</button></form>");
            }
        };
        provider.start((types, context) -> context.addServlet("answer", page).addMapping("/"));
    }

    @Test
    void theClickIsFoundOnThePageAfterThePost() {
        browser.get(shop.at("/?refp_id=click_1").toString());
        assertThat(browser.manage().getCookieNamed("refp_id")).isNotNull();
        browser.get(shop.at("/members").toString());

        browser.get(provider.at("127.0.0.1", "/").toString());
        browser.findElement(By.tagName("button")).click();

        // A click returns before the page that its form leads to is there.
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> browser.getPageSource()
                .contains("members"));
        assertThat(browser.manage().getCookieNamed("refp_id")).isNull();
        assertThat(shop.reported())
                .singleElement()
                .asString()
                .startsWith("{\"clickId\":\"click_1\",\"eventName\":\"Sign Up\",\"customerExternalId\":\"_kim\"");
    }
}
