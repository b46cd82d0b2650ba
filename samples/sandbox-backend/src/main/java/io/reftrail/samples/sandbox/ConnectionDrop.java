package io.reftrail.samples.sandbox;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Lets a handler drop the connection of its request without a byte of response. The servlet API has no such thing, so a
 * Tomcat valve hands the handler Tomcat's own way, as a request attribute.
 */
@Component
final class ConnectionDrop implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private static final String ATTRIBUTE = ConnectionDrop.class.getName();

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addEngineValves(new Valve());
    }

    /** Closes the connection now; whatever is still written to the response goes nowhere. */
    static void drop(HttpServletRequest request) {
        ((Runnable) request.getAttribute(ATTRIBUTE)).run();
    }

    private static final class Valve extends ValveBase {

        Valve() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            Runnable drop = () -> response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
            request.setAttribute(ATTRIBUTE, drop);
            getNext().invoke(request, response);
        }
    }
}
