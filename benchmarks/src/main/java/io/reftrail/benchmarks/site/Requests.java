package io.reftrail.benchmarks.site;

/** Requests as a browser sends them. */
public final class Requests {

    /** Two hundred bytes in which no backend finds a parameter of its own. */
    public static final String QUERY = "plan=pro&currency=EUR&page=2&sort=price&utm_source=newsletter&utm_medium=email"
            + "&utm_campaign=autumn_2026&utm_content=header&session=5f0c2b1e9a7d4c38&colour=green&size=xl&search=blue+shoes"
            + "&lang=en&t=171";

    /** Ten cookies of others. */
    public static final String COOKIES = "JSESSIONID=8A6C1B7E5D0F4A2B9C3E; _ga=GA1.2.1184621187.1763900000;"
            + " _gid=GA1.2.918273645.1764000000; theme=dark; lang=en; cart=3f1c9b7a; seen=pricing; consent=yes;"
            + " _fbp=fb.1.1763900000000.1184621187; remember-me=b3BlbiBzZXNhbWU";

    private Requests() {}

    /**
     * Returns a request for a page.
     *
     * @param target path and query
     * @param cookies a {@code Cookie} header's value, or empty for none
     */
    public static String get(String target, String cookies) {
        return "GET " + target + " HTTP/1.1\r\nHost: shop.example\r\n"
                + "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n"
                + "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
                + "Accept-Language: en-US,en;q=0.5\r\nSec-Fetch-Dest: document\r\nSec-Fetch-Mode: navigate\r\n"
                + "Sec-Fetch-Site: cross-site\r\n"
                + (cookies.isEmpty() ? "" : "Cookie: " + cookies + "\r\n")
                + "\r\n";
    }
}
