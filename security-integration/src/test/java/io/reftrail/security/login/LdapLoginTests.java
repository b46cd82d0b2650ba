package io.reftrail.security.login;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import java.util.List;
import java.util.Map;
import org.apache.catalina.connector.Connector;
import org.junit.jupiter.api.AutoClose;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.ldap.core.support.BaseLdapPathContextSource;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.ldap.LdapBindAuthenticationManagerFactory;
import org.springframework.security.ldap.DefaultSpringSecurityContextSource;
import org.springframework.security.ldap.userdetails.InetOrgPersonContextMapper;
import org.springframework.security.web.SecurityFilterChain;

/** A login form that asks a directory, with spring-security-ldap 7.1.0. */
class LdapLoginTests extends LoginContract {

    @AutoClose("close")
    private static final InMemoryDirectoryServer DIRECTORY = directory();

    LdapLoginTests() {
        super(shop(DIRECTORY.getListenPort()));
    }

    private static InMemoryDirectoryServer directory() {
        try {
            InMemoryDirectoryServer server = new InMemoryDirectoryServer("dc=shop,dc=example");
            server.add("dn: dc=shop,dc=example", "objectClass: domain", "dc: shop");
            server.add(
                    "dn: uid=kim,dc=shop,dc=example",
                    "objectClass: inetOrgPerson",
                    "uid: kim",
                    "cn: Novak, Kim",
                    "sn: Novak",
                    "displayName: Kim Novak",
                    "mail: kim@example.org",
                    "userPassword: secret");
            server.startListening();
            return server;
        } catch (LDAPException | LDIFException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Shop shop(int port) {
        DefaultSpringSecurityContextSource source =
                new DefaultSpringSecurityContextSource("ldap://127.0.0.1:" + port + "/dc=shop,dc=example");
        source.afterPropertiesSet();
        return Shop.open(new Connector(), context -> {
            context.register(Directory.class);
            context.addBeanFactoryPostProcessor(beans -> beans.registerSingleton("source", source));
        });
    }

    @Override
    Trail signIn(Visitor visitor) {
        String csrf = visitor.open(shop.at("/members")).csrf();
        return visitor.submit(shop.at("/login"), Map.of("_csrf", csrf, "username", "kim", "password", "secret"));
    }

    @Override
    List<String> publishedEvents() {
        return List.of("InteractiveAuthenticationSuccessEvent of UsernamePasswordAuthenticationToken");
    }

    @Override
    String signsInAt() {
        return "/login";
    }

    @Override
    String customerId() {
        return "kim";
    }

    @Override
    String told() {
        return ",\"customerEmail\":\"kim@example.org\",\"customerName\":\"Kim Novak\"";
    }

    @Configuration
    static class Directory {

        @Bean
        AuthenticationManager directoryManager(BaseLdapPathContextSource source) {
            LdapBindAuthenticationManagerFactory factory = new LdapBindAuthenticationManagerFactory(source);
            factory.setUserDnPatterns("uid={0}");
            factory.setUserDetailsContextMapper(new InetOrgPersonContextMapper());
            return factory.createAuthenticationManager();
        }

        @Bean
        SecurityFilterChain security(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers("/")
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .formLogin(Customizer.withDefaults())
                    .build();
        }
    }
}
