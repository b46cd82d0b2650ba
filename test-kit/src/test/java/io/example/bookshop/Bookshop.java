package io.example.bookshop;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** Sells books to those who sign up, and to those who have signed up long ago. */
@SpringBootApplication
@Import(BookshopCustomers.class)
class Bookshop {

    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
        return http.csrf(csrf -> csrf.disable())
                .formLogin(Customizer.withDefaults())
                .build();
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return new BCryptPasswordEncoder(4);
    }

    @Bean
    UserDetailsService users(PasswordEncoder passwords) {
        return new InMemoryUserDetailsManager(
                User.withUsername("ada")
                        .password(passwords.encode("secret"))
                        .roles("SINCE-2024")
                        .build(),
                User.withUsername("mia")
                        .password(passwords.encode("secret"))
                        .roles("SINCE-TODAY")
                        .build(),
                User.withUsername("root")
                        .password(passwords.encode("secret"))
                        .roles("OPERATOR")
                        .build());
    }
}
