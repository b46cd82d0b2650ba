package io.reftrail.security.routes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.Reftrail;
import io.reftrail.model.Attribution;
import io.reftrail.model.Customer;
import io.reftrail.servlet.ServletReftrail;
import io.reftrail.spring.AttributionArgumentResolver;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Visitors with a cookie or a referrer of somebody else's in raw UTF-8. Spring Security's {@code StrictHttpFirewall} then rejects the
 * request of any code that reads the header, and Reftrail reads it all the same.
 */
class FirewallTests {

    private static final String STREET = "name=Straße";

    @Configuration
    @Import(Accounts.class)
    static class Pages implements WebMvcConfigurer {

        @Nullable
        private Reftrail reftrail;

        @Bean
        Controller controller(Reftrail shops) {
            reftrail = shops;
            return new Controller();
        }

        @Bean
        SecurityFilterChain security(HttpSecurity http) {
            return http.csrf(csrf -> csrf.disable())
                    .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .formLogin(Customizer.withDefaults())
                    .build();
        }

        @Override
        public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
            resolvers.add(new AttributionArgumentResolver(() -> reftrail));
        }
    }

    @RestController
    static final class Controller {

        @GetMapping("/header")
        String header(HttpServletRequest request) {
            return "read " + request.getHeader("Cookie");
        }

        @GetMapping("/page")
        String page() {
            return "a page";
        }

        @GetMapping("/argument")
        String argument(@Nullable Attribution click) {
            return "click " + (click == null ? "unknown" : click.clickId());
        }

        @GetMapping("/lead")
        String lead(HttpServletRequest request, HttpServletResponse response) {
            return "lead "
                    + ServletReftrail.lead(request, response, Customer.of("kim"))
                            .statuses();
        }

        @GetMapping("/forget")
        String forget(HttpServletRequest request, HttpServletResponse response) {
            ServletReftrail.forgetClick(request, response);
            return "forgotten";
        }
    }

    @AutoClose
    private Shop shop = new Shop(ShopPlan.of(Pages.class));

    private String get(String target, String... lines) throws IOException {
        return send("GET " + target + " HTTP/1.1", "", lines);
    }

    /** Returns the whole answer to a request whose header lines are sent as UTF-8. */
    private String send(String first, String body, String... lines) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), shop.port())) {
            String request = first + "\r\nHost: shop.example\r\nAccept: text/html\r\nConnection: close\r\n"
                    + String.join("\r\n", lines) + "\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    @Test
    void theFirewallRejectsWhoeverReadsTheHeader() throws IOException {
        assertThat(get("/header", "Cookie: name=street")).contains("read name=street");
        assertThat(get("/header", "Cookie: " + STREET))
                .startsWith("HTTP/1.1 400")
                .doesNotContain("read ");
    }

    @Test
    void anArgumentHasTheClick() throws IOException {
        assertThat(get("/argument", "Cookie: " + STREET + "; _introw_aff=aff_1"))
                .contains("click aff_1");
    }

    @Test
    void aSignUpIsALeadAndItsCookieExpires() throws IOException {
        assertThat(get("/lead", "Cookie: _introw_aff=aff_1; " + STREET))
                .contains("lead {introw=ENQUEUED}")
                .contains("Set-Cookie: _introw_aff=; Max-Age=0");
        assertThat(shop.reportedLeads()).hasSize(1);
    }

    @Test
    void aWithdrawnConsentExpiresTheClick() throws IOException {
        assertThat(get("/forget", "Cookie: " + STREET + "; _introw_aff=aff_1"))
                .contains("forgotten")
                .contains("Set-Cookie: _introw_aff=; Max-Age=0");
    }

    @Test
    void aClickIsCapturedBeforeAndBehindTheFirewall() throws IOException {
        for (Stage[] order : List.of(
                new Stage[] {Stage.CAPTURE, Stage.SPRING_SECURITY},
                new Stage[] {Stage.SPRING_SECURITY, Stage.CAPTURE})) {
            shop.close();
            shop = new Shop(ShopPlan.of(Pages.class).withStages(order));
            assertThat(get("/page?irw_id=aff_1", "Cookie: " + STREET, "Referer: https://forum.example/Straße"))
                    .startsWith("HTTP/1.1 302")
                    .contains("Set-Cookie: _introw_aff=aff_1");
        }
    }

    @Test
    void aSignInIsALead() throws IOException {
        String form = "username=kim%40example.org&password=secret";
        String answer = send(
                "POST /login HTTP/1.1",
                form,
                "Cookie: " + STREET + "; _introw_aff=aff_1",
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Length: " + form.length());
        assertThat(answer).startsWith("HTTP/1.1 302").contains("Set-Cookie: _introw_aff=; Max-Age=0");
        assertThat(shop.reportedLeads()).hasSize(1);
    }
}
