package io.reftrail.samples.shop;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the sample shop. */
@SpringBootApplication
public class Shop {

    /** Starts the shop on port 8080. */
    public static void main(String[] arguments) {
        SpringApplication.run(Shop.class, arguments);
    }
}
