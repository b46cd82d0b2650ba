package io.reftrail.spring.boot.line;

import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The shop with a main method, as Spring's ahead-of-time processing starts from it. */
@Configuration(proxyBeanMethods = false)
@Import(ShopConfiguration.class)
public class ShopApplication {

    /** Starts the shop. */
    public static void main(String[] arguments) {
        SpringApplication.run(ShopApplication.class, arguments);
    }
}
