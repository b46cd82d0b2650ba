package io.reftrail.samples.sandbox.stripe;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A request that Stripe would refuse, with the words and the JSON of its error. */
final class StripeProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable String code;
    private final @Nullable String parameter;

    private StripeProblem(int status, @Nullable String code, @Nullable String parameter, String message) {
        super(message);
        this.status = status;
        this.code = code;
        this.parameter = parameter;
    }

    static StripeProblem invalid(String parameter, String message) {
        return new StripeProblem(400, "parameter_invalid", parameter, message);
    }

    static StripeProblem required(String parameter) {
        return new StripeProblem(400, "parameter_missing", parameter, "Missing required param: " + parameter + ".");
    }

    /** A parameter that Stripe may know, and this stand-in does not. */
    static StripeProblem unknown(String parameter) {
        return new StripeProblem(
                400,
                "parameter_unknown",
                parameter,
                "Received unknown parameter: " + parameter + " (the sandbox knows a part of Stripe's parameters)");
    }

    static StripeProblem missing(String object, @Nullable String id) {
        return new StripeProblem(
                404, "resource_missing", "id", "No such " + object.replace('.', ' ') + ": '" + id + "'");
    }

    /** A request that does not fit what has happened before. */
    static StripeProblem state(String code, String message) {
        return new StripeProblem(400, code, null, message);
    }

    static StripeProblem unauthorized() {
        return new StripeProblem(401, null, null, "Invalid API Key provided");
    }

    static StripeProblem noSuchEndpoint(String method, String path) {
        return new StripeProblem(
                404,
                null,
                null,
                "Unrecognized request URL (" + method + ": " + path + "). The sandbox has a part of Stripe's.");
    }

    int status() {
        return status;
    }

    ObjectNode json() {
        ObjectNode problem = JsonMapper.shared().createObjectNode();
        ObjectNode error = problem.putObject("error");
        if (code != null) {
            error.put("code", code);
        }
        error.put("message", getMessage());
        if (parameter != null) {
            error.put("param", parameter);
        }
        error.put("type", "invalid_request_error");
        return problem;
    }
}
