package io.reftrail.benchmarks.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** One HTTP/1.1 connection that is kept alive: a request goes out when the one before is answered. */
final class Connection implements AutoCloseable {

    /** Stands in a request for a number that no other has. */
    static final String NUMBER = "############";

    private static final int PATIENCE_MILLIS = 30_000;

    private final AtomicLong numbers;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final StringBuilder line = new StringBuilder(128);

    Connection(int port, AtomicLong numbers) throws IOException {
        this.numbers = numbers;
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        this.in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
        this.out = socket.getOutputStream();
    }

    void exchange(List<byte[]> requests, long end, Latencies latencies) throws IOException {
        List<byte[]> own = requests.stream().map(byte[]::clone).toList();
        List<List<Integer>> gaps = own.stream().map(Connection::gaps).toList();
        for (int i = 0; System.nanoTime() < end; i = (i + 1) % own.size()) {
            byte[] request = own.get(i);
            fill(request, gaps.get(i));
            long start = System.nanoTime();
            out.write(request);
            readResponse();
            latencies.add(System.nanoTime() - start);
        }
    }

    private static List<Integer> gaps(byte[] request) {
        String text = new String(request, StandardCharsets.ISO_8859_1);
        List<Integer> gaps = new ArrayList<>();
        for (int at = text.indexOf(NUMBER); at >= 0; at = text.indexOf(NUMBER, at + 1)) {
            gaps.add(at);
        }
        return gaps;
    }

    private void fill(byte[] request, List<Integer> gaps) {
        if (gaps.isEmpty()) {
            return;
        }
        long number = numbers.incrementAndGet();
        for (int digit = NUMBER.length() - 1; digit >= 0; digit--) {
            for (int gap : gaps) {
                request[gap + digit] = (byte) ('0' + number % 10);
            }
            number /= 10;
        }
    }

    private void readResponse() throws IOException {
        String status = readLine();
        if (status.length() < 12 || status.charAt(9) >= '4') {
            throw new IOException("answered " + status);
        }
        long length = 0;
        for (String header = readLine(); !header.isEmpty(); header = readLine()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(lower.substring(15).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                throw new IOException("a response of unknown length");
            }
        }
        in.skipNBytes(length);
    }

    private String readLine() throws IOException {
        line.setLength(0);
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("the server has closed the connection");
            }
            if (octet != '\r') {
                line.append((char) octet);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
