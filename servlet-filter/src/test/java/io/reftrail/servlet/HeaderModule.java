package io.reftrail.servlet;

import jakarta.security.auth.message.AuthException;
import jakarta.security.auth.message.AuthStatus;
import jakarta.security.auth.message.MessageInfo;
import jakarta.security.auth.message.MessagePolicy;
import jakarta.security.auth.message.callback.CallerPrincipalCallback;
import jakarta.security.auth.message.callback.GroupPrincipalCallback;
import jakarta.security.auth.message.module.ServerAuthModule;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.UnsupportedCallbackException;
import org.jspecify.annotations.Nullable;

/** A module of Jakarta Authentication that believes a header of each request, or only when it is asked to authenticate. */
final class HeaderModule implements ServerAuthModule {

    static final String HEADER = "X-Name";
    static final String ON_REQUEST = "X-Name-If-Asked";

    private static final String MANDATORY = "jakarta.security.auth.message.MessagePolicy.isMandatory";

    private @Nullable CallbackHandler container;

    @Override
    @SuppressWarnings("rawtypes")
    public void initialize(
            MessagePolicy requestPolicy, MessagePolicy responsePolicy, CallbackHandler handler, Map options) {
        container = handler;
    }

    @Override
    public Class<?>[] getSupportedMessageTypes() {
        return new Class<?>[] {HttpServletRequest.class, HttpServletResponse.class};
    }

    @Override
    public AuthStatus validateRequest(MessageInfo message, Subject client, Subject service) throws AuthException {
        HttpServletRequest request = (HttpServletRequest) message.getRequestMessage();
        boolean mandatory = Boolean.parseBoolean(String.valueOf(message.getMap().get(MANDATORY)));
        String name = request.getHeader(HEADER);
        if (name == null && mandatory) {
            name = request.getHeader(ON_REQUEST);
        }
        if (name == null && mandatory) {
            ((HttpServletResponse) message.getResponseMessage()).setStatus(HttpServletResponse.SC_FORBIDDEN);
            return AuthStatus.SEND_FAILURE;
        }
        CallerPrincipalCallback caller = new CallerPrincipalCallback(client, name);
        tell(
                name == null
                        ? new Callback[] {caller}
                        : new Callback[] {caller, new GroupPrincipalCallback(client, new String[] {Security.ROLE})});
        return AuthStatus.SUCCESS;
    }

    private void tell(Callback[] callbacks) throws AuthException {
        try {
            Objects.requireNonNull(container).handle(callbacks);
        } catch (IOException | UnsupportedCallbackException failure) {
            throw new AuthException(failure.toString());
        }
    }

    @Override
    public AuthStatus secureResponse(MessageInfo message, Subject service) {
        return AuthStatus.SEND_SUCCESS;
    }

    @Override
    public void cleanSubject(MessageInfo message, Subject subject) {}
}
