package io.reftrail.samples.sandbox;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The pages at {@code /} and {@code /payments}. Their files are in a folder of their own on the class path, because {@code static/} belongs to the
 * application under test when both are on one class path.
 *
 * <p>The pages show what strangers have sent. Their policy lets nothing but these files run and nothing leave the machine,
 * whatever stands in a call.
 */
@Configuration(proxyBeanMethods = false)
class PageRoutes {

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    @Bean
    RouterFunction<ServerResponse> page() {
        ClassPathResource folder = new ClassPathResource("sandbox/page/");
        return RouterFunctions.route()
                .GET("/", request -> page("index.html"))
                .GET("/payments", request -> page("payments.html"))
                .resources("/sandbox/page/**", folder, (file, headers) -> alwaysFresh(headers))
                .build();
    }

    private static ServerResponse page(String file) {
        return ServerResponse.ok()
                .contentType(MediaType.TEXT_HTML)
                .header("Content-Security-Policy", POLICY)
                .headers(PageRoutes::alwaysFresh)
                .body(new ClassPathResource("sandbox/page/" + file));
    }

    private static void alwaysFresh(HttpHeaders headers) {
        headers.setCacheControl("no-cache");
    }
}
