package io.reftrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CleanLocationTests {

    private static final String[] PIECES = {
        "/", "//", "\\", ".", "..", "%2e", "%2f", "%5c", "%0d%0a", ":", "http:", "evil.example", "@", ";", "a", "é",
                "\r\n",
        "\t", "\0", " ", "\"", "<", "#", "?", "\u007f", "\u00ff", "=", "&", "x=y", "%", "javascript:", "^", "|",
                "\u2028"
    };

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/                 | ''        | ./",
                "/                 | a=b       | ./?a=b",
                "/pricing          | ''        | ./pricing",
                "/shop/a/pricing   | plan=pro  | ./pricing?plan=pro",
                "/shop/            | a=b&&c    | ./?a=b&&c",
                "/a:b              | ''        | ./a:b",
                "/a;jsessionid=x   | ''        | ./a;jsessionid=x",
                "/a%20b%2Fc        | q=%zz     | ./a%20b%2Fc?q=%zz",
                "/\\evil           | u=\\\\e   | ./%5Cevil?u=\\\\e",
                "/a\"b<c           | q=\"<>    | ./a%22b%3Cc?q=\"<>",
                "/a                | b=#c      | ./a?b=%23c",
                "/ü                | ü=1       | ./%FC?%FC=1",
                "/日               | ''        | ./%E6%97%A5"
            })
    void isTheLastSegmentWithTheRemainingQuery(String path, String query, String location) {
        assertThat(CleanLocation.of(path, query)).isEqualTo(location);
    }

    @Test
    void encodesWhatCouldEndAHeaderLine() {
        assertThat(CleanLocation.of("/a\r\nX: y", "b\r\nc d\0")).isEqualTo("./a%0D%0AX:%20y?b%0D%0Ac%20d%00");
    }

    @Test
    void leadsBackToTheSamePageWhateverThePath() {
        Random random = new Random(20261121);
        for (int i = 0; i < 50_000; i++) {
            String path = "/" + pieces(random).replace("?", "");
            String query = pieces(random).replace("#", "");

            String location = CleanLocation.of(path, query);

            Destination.assertSamePage(Destination.encoded(path), location);
            if (query.chars().allMatch(c -> c > ' ' && c < 0x7f) && !query.isEmpty()) {
                assertThat(location).endsWith("?" + query);
            }
        }
    }

    private static String pieces(Random random) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(8); n > 0; n--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
