package io.reftrail.spring.boot;

import io.reftrail.model.InvalidSettingException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.ResolvableType;
import org.springframework.security.authorization.AuthorizationManagerFactory;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/**
 * Finds what makes the application's authorization rules, as {@code authorizeHttpRequests} does: one for requests, else one for
 * anything. Whether there is one is known at once; it is made when it is needed.
 */
final class AuthorizationRules implements Supplier<AuthorizationManagerFactory<? extends @Nullable Object>> {

    private final ListableBeanFactory beans;
    private final ResolvableType type;

    /** @throws InvalidSettingException if there is none */
    AuthorizationRules(ListableBeanFactory beans) {
        this.beans = beans;
        ResolvableType forRequests = ResolvableType.forClassWithGenerics(
                AuthorizationManagerFactory.class, RequestAuthorizationContext.class);
        ResolvableType forAll = ResolvableType.forClassWithGenerics(AuthorizationManagerFactory.class, Object.class);
        this.type = isThere(forRequests) ? forRequests : forAll;
        if (!isThere(type)) {
            throw new InvalidSettingException(
                    "lead.factors",
                    "'all' needs to know which factors the application asks for, and there is no"
                            + " AuthorizationManagerFactory bean",
                    "Write @EnableMultiFactorAuthentication(authorities = ...) on a configuration class, or"
                            + " {prefix}lead.factors=first.");
        }
    }

    private boolean isThere(ResolvableType wanted) {
        return BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, wanted, true, false).length > 0;
    }

    @Override
    public AuthorizationManagerFactory<? extends @Nullable Object> get() {
        return beans.<AuthorizationManagerFactory<?>>getBeanProvider(type).getObject();
    }
}
