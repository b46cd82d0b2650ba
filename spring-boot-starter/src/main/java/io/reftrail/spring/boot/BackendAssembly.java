package io.reftrail.spring.boot;

import io.reftrail.backend.AffihubBackend;
import io.reftrail.backend.AffitorBackend;
import io.reftrail.backend.AffonsoBackend;
import io.reftrail.backend.DubBackend;
import io.reftrail.backend.IntrowBackend;
import io.reftrail.backend.RefportBackend;
import io.reftrail.backend.TrackingBackend;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the backends that have a key among the properties. What is empty counts as absent, as in a web.xml. */
final class BackendAssembly {

    private final ReftrailProperties properties;

    BackendAssembly(ReftrailProperties properties) {
        this.properties = properties;
    }

    /**
     * Returns the backends.
     *
     * @throws io.reftrail.model.InvalidSettingException if one of them cannot work
     */
    List<TrackingBackend> backends() {
        return Stream.of(
                        affitor(properties.affitor()),
                        affonso(properties.affonso()),
                        affihub(properties.affihub()),
                        introw(properties.introw()),
                        refport(properties.refport()),
                        dub(properties.dub()))
                .filter(Objects::nonNull)
                .toList();
    }

    private static @Nullable TrackingBackend affitor(BackendProperties.Affitor affitor) {
        String key = present(affitor.apiKey());
        return key == null
                ? null
                : AffitorBackend.builder(key)
                        .baseUrl(present(affitor.baseUrl(), AffitorBackend.BASE_URL))
                        .programId(present(affitor.programId()))
                        .captureRef(affitor.captureRef())
                        .testMode(affitor.testMode())
                        .sales(affitor.sales())
                        .leadEventName(present(affitor.leadEventName(), AffitorBackend.LEAD_EVENT_NAME))
                        .callsPerMinute(affitor.callsPerMinute())
                        .build();
    }

    private static @Nullable TrackingBackend affonso(BackendProperties.Affonso affonso) {
        String key = present(affonso.apiKey());
        String program = present(affonso.programId());
        return key == null
                ? null
                : AffonsoBackend.builder(key, program == null ? "" : program)
                        .baseUrl(present(affonso.baseUrl(), AffonsoBackend.BASE_URL))
                        .parameters(affonso.parameters())
                        .cookieDuration(affonso.cookieDuration())
                        .sendIpAddress(affonso.sendIpAddress())
                        .sendUserAgent(affonso.sendUserAgent())
                        .callsPerMinute(affonso.callsPerMinute())
                        .build();
    }

    private static @Nullable TrackingBackend affihub(BackendProperties.Affihub affihub) {
        String program = present(affihub.programId());
        return program == null
                ? null
                : AffihubBackend.builder(program)
                        .baseUrl(present(affihub.baseUrl(), AffihubBackend.BASE_URL))
                        .callsPerMinute(affihub.callsPerMinute())
                        .build();
    }

    private static @Nullable TrackingBackend introw(BackendProperties.Introw introw) {
        String key = present(introw.apiKey());
        return key == null
                ? null
                : IntrowBackend.builder(key)
                        .baseUrl(present(introw.baseUrl(), IntrowBackend.BASE_URL))
                        .conversion(introw.conversion())
                        .callsPerMinute(introw.callsPerMinute())
                        .build();
    }

    private static @Nullable TrackingBackend refport(BackendProperties.Refport refport) {
        String key = present(refport.apiKey());
        return key == null
                ? null
                : RefportBackend.builder(key)
                        .baseUrl(present(refport.baseUrl(), RefportBackend.BASE_URL))
                        .leadEventName(present(refport.leadEventName(), RefportBackend.LEAD_EVENT_NAME))
                        .sales(refport.sales())
                        .callsPerMinute(refport.callsPerMinute())
                        .build();
    }

    private static @Nullable TrackingBackend dub(BackendProperties.Dub dub) {
        String key = present(dub.apiKey());
        return key == null
                ? null
                : DubBackend.builder(key)
                        .baseUrl(present(dub.baseUrl(), DubBackend.BASE_URL))
                        .domain(present(dub.domain()))
                        .parameters(dub.parameters())
                        .leadMode(dub.leadMode())
                        .leadEventName(present(dub.leadEventName(), DubBackend.LEAD_EVENT_NAME))
                        .callsPerMinute(dub.callsPerMinute())
                        .build();
    }

    static @Nullable String present(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private static String present(String text, String otherwise) {
        return text.isBlank() ? otherwise : text;
    }
}
