package io.reftrail.payments;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reftrail.model.Attribution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The clicks of a visitor without an account, as the metadata of a checkout carries them. */
final class CarriedClicks {

    /** The beginning of the keys; the backend's name follows. */
    static final String PREFIX = "reftrail_click_";

    /** Stripe's limit of a value. */
    private static final int MAX_VALUE = 500;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_EMPTY))
            .build();

    private record Click(
            @Nullable String id,
            @Nullable Long at,
            @Nullable String key,
            @Nullable Map<String, String> details) {}

    private CarriedClicks() {}

    /** Returns the metadata that carries these clicks. A value that is too long is left out, so that the checkout does not fail. */
    static Map<String, String> write(List<Attribution> clicks) {
        Map<String, String> metadata = new TreeMap<>();
        for (Attribution click : clicks) {
            Instant at = click.clickedAt();
            String value = MAPPER.writeValueAsString(new Click(
                    click.clickId(), at == null ? null : at.toEpochMilli(), click.clickKey(), click.details()));
            if (value.length() <= MAX_VALUE) {
                metadata.put(PREFIX + click.backend(), value);
            }
        }
        return metadata;
    }

    /** Returns the clicks that metadata carries. Other entries are left out. */
    static List<Attribution> read(Map<String, String> metadata) {
        List<Attribution> clicks = new ArrayList<>();
        new TreeMap<>(metadata).forEach((key, value) -> {
            if (key.startsWith(PREFIX) && value.length() <= MAX_VALUE) {
                try {
                    Click click = MAPPER.readValue(value, Click.class);
                    if (click == null) {
                        return;
                    }
                    clicks.add(new Attribution(
                            key.substring(PREFIX.length()),
                            click.id(),
                            click.at() == null ? null : Instant.ofEpochMilli(click.at()),
                            click.key(),
                            click.details() == null ? Map.of() : click.details()));
                } catch (JacksonException | IllegalArgumentException notOurs) {
                    // The metadata belongs to the application, which may use a name like ours.
                }
            }
        });
        return clicks;
    }
}
