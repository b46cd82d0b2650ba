package io.reftrail.benchmarks.node;

import io.reftrail.Reftrail;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One node of the application. Its database, its port and its backend stand on the command line. */
@SpringBootConfiguration
@EnableAutoConfiguration
public class NodeApplication {

    /** Starts the node. */
    public static void main(String[] arguments) {
        SpringApplication.run(NodeApplication.class, arguments);
    }

    @Bean
    Customers customers(JdbcClient jdbc, Reftrail reftrail) {
        return new Customers(jdbc, reftrail);
    }

    @Bean
    SignUpController signUpController(Customers customers) {
        return new SignUpController(customers);
    }
}
