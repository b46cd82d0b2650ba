package io.reftrail.samples.sandbox;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The page at {@code /}. Its files are in a folder of their own on the class path, because {@code static/} belongs to the
 * application under test when both are on one class path.
 */
@Configuration(proxyBeanMethods = false)
class PageRoutes {

    @Bean
    RouterFunction<ServerResponse> page() {
        ClassPathResource folder = new ClassPathResource("sandbox/page/");
        ClassPathResource index = new ClassPathResource("sandbox/page/index.html");
        return RouterFunctions.route()
                .GET("/", request -> ServerResponse.ok()
                        .contentType(MediaType.TEXT_HTML)
                        .body(index))
                .resources("/sandbox/page/**", folder)
                .build();
    }
}
