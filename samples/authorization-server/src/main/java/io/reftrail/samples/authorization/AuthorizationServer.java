package io.reftrail.samples.authorization;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the authorization server of the samples, which calls itself Keyring. */
@SpringBootApplication
public class AuthorizationServer {

    /** Starts it on port 9000. */
    public static void main(String[] arguments) {
        SpringApplication.run(AuthorizationServer.class, arguments);
    }
}
