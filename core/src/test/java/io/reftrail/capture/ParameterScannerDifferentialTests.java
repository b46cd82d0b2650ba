package io.reftrail.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.reftrail.capture.ScannedQuery.Pair;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the scanner with the form parser of the URL standard, written down as plainly as it goes. */
class ParameterScannerDifferentialTests {

    private static final List<String> NAMES = List.of("ab", "a_b", "b");
    private static final String[] PIECES = {
        "a", "b", "B", "ab", "aB", "a_b", "_", "&", "&", "&", "=", "=", "%", "%61", "%62", "%5F", "%5f", "%6", "%zz",
        "%26", "%3D", "%00", "+", "c", ";", "%C3%A9", "\uff11"
    };
    private static final int ROUNDS = 50_000;

    private final ParameterScanner scanner = new ParameterScanner(NAMES);

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_121, 77_777_777_777L})
    void agreesWithThePlainReading(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            String query = query(random);
            ScannedQuery scan = ScannedQuery.of(scanner, query);

            assertThat(scan).as(query).isEqualTo(plainly(query));
            if (scan != null) {
                assertThat(scanner.scan(scan.remaining()))
                        .as("again: %s", query)
                        .isNull();
            }
        }
    }

    private static String query(Random random) {
        StringBuilder query = new StringBuilder();
        for (int length = random.nextInt(14); length > 0; length--) {
            query.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return query.toString();
    }

    private static @Nullable ScannedQuery plainly(String query) {
        List<Pair> found = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            if (NAMES.contains(name.toLowerCase(Locale.ROOT))) {
                found.add(new Pair(name.toLowerCase(Locale.ROOT), equals < 0 ? "" : pair.substring(equals + 1)));
            } else {
                others.add(pair);
            }
        }
        return found.isEmpty() ? null : new ScannedQuery(found, String.join("&", others));
    }

    private static String decode(String name) {
        byte[] bytes = name.replace('+', ' ').getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        for (int i = 0; i < bytes.length; i++) {
            boolean escape = bytes[i] == '%' && i + 2 < bytes.length && isHex(bytes[i + 1]) && isHex(bytes[i + 2]);
            decoded.write(
                    escape ? Integer.parseInt(new String(bytes, i + 1, 2, StandardCharsets.US_ASCII), 16) : bytes[i]);
            i += escape ? 2 : 0;
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }

    private static boolean isHex(byte b) {
        return (b >= '0' && b <= '9') || (b >= 'a' && b <= 'f') || (b >= 'A' && b <= 'F');
    }
}
