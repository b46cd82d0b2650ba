package io.reftrail.servlet;

import io.reftrail.capture.CookieSigning;
import io.reftrail.model.InvalidSettingException;
import java.util.List;

/** Reads from the init-params whether our own cookies are signed, and what becomes of clicks that are not. */
final class SigningParameters {

    private final InitParameters parameters;

    SigningParameters(InitParameters parameters) {
        this.parameters = parameters;
    }

    /** @throws InvalidSettingException if one of them cannot work */
    CookieSigning signing() {
        return CookieSigning.of(
                parameters.list("cookie.signing-keys", List.of()),
                parameters.flag("cookie.accept-script-cookies"),
                parameters.instant("cookie.accept-unsigned-until"),
                parameters.flag("cookie.host-prefix"));
    }
}
