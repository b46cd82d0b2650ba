package io.reftrail.servlet;

import io.reftrail.model.InvalidSettingException;
import jakarta.servlet.FilterConfig;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/** Makes what a {@link SignInFilter} in a {@code web.xml} needs from its init-params. */
final class SignInConfiguration {

    private static final String RESOLVER = "customer-resolver";

    private SignInConfiguration() {}

    /** @throws InvalidSettingException if an init-param is unknown, or names no class that can be used */
    static PrincipalCustomerResolver resolver(FilterConfig config) {
        InitParameters parameters = new InitParameters(config);
        String name = parameters.text(RESOLVER);
        parameters.refuseUnknown();
        return name == null
                ? PrincipalCustomerResolver.BY_NAME
                : resolver(name, config.getServletContext().getClassLoader());
    }

    private static PrincipalCustomerResolver resolver(String name, ClassLoader application) {
        try {
            Class<?> type = Class.forName(name, true, application);
            if (!PrincipalCustomerResolver.class.isAssignableFrom(type)) {
                String resolver = PrincipalCustomerResolver.class.getName();
                throw invalid("'" + name + "' is no customer resolver", "Let it implement " + resolver + ".", null);
            }
            return (PrincipalCustomerResolver) type.getConstructor().newInstance();
        } catch (ClassNotFoundException absent) {
            throw invalid(
                    "there is no class '" + name + "'",
                    "Write the full name of a class of the application, such as 'com.example.Customers'.",
                    absent);
        } catch (InvocationTargetException | LinkageError broken) {
            throw invalid("'" + name + "' could not be made", "Its own failure says why.", broken);
        } catch (ReflectiveOperationException hidden) {
            throw invalid(
                    "'" + name + "' cannot be made",
                    "Let it be a public class with a public constructor without parameters.",
                    hidden);
        }
    }

    private static InvalidSettingException invalid(String problem, String action, @Nullable Throwable cause) {
        InvalidSettingException invalid = new InvalidSettingException(RESOLVER, problem, action);
        invalid.initCause(cause);
        return invalid;
    }
}
