package io.reftrail.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A native image can read what is stored of payers: the records that Jackson reads are listed for it. */
class ReflectionConfigTests {

    private static final String CONFIG = "/META-INF/native-image/io.reftrail/reftrail-payments/reflect-config.json";

    @Test
    void eachStoredRecordIsListed() throws IOException {
        List<String> listed;
        try (InputStream config = PaymentFact.class.getResourceAsStream(CONFIG)) {
            listed = JsonMapper.shared()
                    .readTree(Objects.requireNonNull(config))
                    .valueStream()
                    .map(entry -> entry.get("name").asString())
                    .toList();
        }
        Stream<Class<?>> stored = Stream.concat(
                Stream.of(PaymentFact.class.getPermittedSubclasses()),
                Stream.of(PayerRecord.class.getDeclaredClasses()).filter(Class::isRecord));
        assertThat(listed).containsAll(stored.map(Class::getName).toList());
    }
}
