package io.reftrail.backend.affitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.reftrail.testing.UrlencodedForm;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** The address of a landing as it came: what is reported of it differs in the partner's code alone. */
class AffiliateAddressFuzzTests {

    @FuzzTest
    void everythingElseStays(byte[] input) {
        String landing = new String(input, StandardCharsets.UTF_8);
        String address = AffiliateAddress.of(landing, true);

        assertThat(AffiliateAddress.page(address)).isEqualTo(AffiliateAddress.page(landing));
        assertThat(fragment(address)).isEqualTo(fragment(landing));
        assertThat(others(address)).isEqualTo(others(landing));
        assertThat(AffiliateAddress.of(address, true)).isEqualTo(address);
        for (String code : List.of("nora", "a b")) {
            boolean carries = query(address)
                    .filter(sequence ->
                            UrlencodedForm.decode(UrlencodedForm.name(sequence)).equals("aff"))
                    .findFirst()
                    .map(UrlencodedForm::value)
                    .filter(value -> UrlencodedForm.decode(value).equals(code))
                    .isPresent();
            assertThat(AffiliateAddress.carries(landing, code, true)).isEqualTo(carries);
        }
    }

    private static String fragment(String address) {
        int hash = address.indexOf('#');
        return hash < 0 ? "" : address.substring(hash);
    }

    private static Stream<String> query(String address) {
        String[] parts = address.split("#", 2)[0].split("\\?", 2);
        return parts.length < 2 ? Stream.empty() : Stream.of(parts[1].split("&", -1));
    }

    /** What is empty says nothing: a query of one code that has no value is an empty one afterwards. */
    private static List<String> others(String address) {
        return query(address)
                .filter(sequence -> !sequence.isEmpty())
                .filter(sequence ->
                        !List.of("aff", "ref").contains(UrlencodedForm.decode(UrlencodedForm.name(sequence))))
                .toList();
    }
}
