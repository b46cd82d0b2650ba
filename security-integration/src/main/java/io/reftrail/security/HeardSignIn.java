package io.reftrail.security;

import io.reftrail.Reftrail;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;

/**
 * A sign-in that was told of in a request. A login form tells of it by two events, and listeners in two contexts hear each of
 * them; the customer is looked up for one. A second plain event is a second sign-in: what the first one has reported may
 * have been rolled back.
 */
record HeardSignIn(Reftrail reftrail, AbstractAuthenticationEvent event) {

    private static final String ATTRIBUTE = HeardSignIn.class.getName();

    static boolean isIn(HttpServletRequest request, Reftrail reftrail, AbstractAuthenticationEvent event) {
        return request.getAttribute(ATTRIBUTE) instanceof HeardSignIn heard
                && heard.reftrail == reftrail
                && heard.isMeantBy(event);
    }

    private boolean isMeantBy(AbstractAuthenticationEvent other) {
        return event == other
                || (other instanceof InteractiveAuthenticationSuccessEvent
                        && Objects.equals(
                                event.getAuthentication().getName(),
                                other.getAuthentication().getName()));
    }

    static void remember(HttpServletRequest request, Reftrail reftrail, AbstractAuthenticationEvent event) {
        request.setAttribute(ATTRIBUTE, new HeardSignIn(reftrail, event));
    }

    /** Tells nothing of the person: somebody may log a request's attributes. */
    @Override
    public String toString() {
        return "HeardSignIn[" + event.getClass().getSimpleName() + "]";
    }
}
