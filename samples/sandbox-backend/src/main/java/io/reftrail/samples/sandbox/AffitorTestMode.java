package io.reftrail.samples.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a call to Affitor is one in test mode, docs/contracts/affitor.md section 4: {@code additional_data.test_mode}, with
 * the program beside it where no token names one.
 */
record AffitorTestMode(boolean on, @Nullable String programId) {

    static AffitorTestMode of(JsonBody body) {
        JsonBody more = body.within("additional_data");
        return new AffitorTestMode(more.flag("test_mode"), more.scalar("program_id"));
    }

    Answer answer(String what, @Nullable String tokensProgram, RandomIds ids, Subject subject) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("eventId", "evt_" + ids.next(12));
        data.put("programId", tokensProgram == null ? programId : tokensProgram);
        data.put("test_mode", true);
        String why = "a " + what + " in test mode is not attributed";
        Object reply = Map.of("success", true, "message", "Test " + what + " recorded", "data", data);
        return new Answer(200, reply, Verdict.IGNORED, why, subject);
    }
}
