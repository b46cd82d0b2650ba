package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheControlTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no-store                             | true",
                "No-Store                             | true",
                "private                              | true",
                "PRIVATE, max-age=60                  | true",
                "max-age=60,private                   | true",
                "no-cache, no-store, must-revalidate  | true",
                "public, max-age=3600                 | false",
                "max-age=60                           | false",
                "no-cache                             | false",
                "private=\"x-name\", max-age=60       | false",
                "max-age=60, ext=\"private\"          | false",
                "ext=\"\\\", no-store, b\"             | false",
                "ext=\"\\\"\", no-store               | true",
                "ext=\"open, no-store                | false",
                "no-store-ever                        | false",
                "x-private                            | false",
                "''                                   | false"
            })
    void keepTheirHandsOffOnlyWhereADirectiveSaysSo(String cacheControl, boolean keptOut) {
        assertThat(CacheControl.forbidsStoring(cacheControl)).isEqualTo(keptOut);
    }

    @Test
    void takeWhatSaysNothing() {
        assertThat(CacheControl.forbidsStoring(null)).isFalse();
    }
}
