package io.reftrail.security.login;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A phone with one passkey: a key on P-256, without attestation (Web Authentication Level 3, sections 6.1 and 6.5). The little
 * CBOR is written out by hand (RFC 8949).
 */
final class SoftwareAuthenticator {

    private static final int PRESENT_AND_VERIFIED = 0x05;
    private static final int WITH_CREDENTIAL = 0x40;

    private final KeyPair key;
    private final byte[] credentialId = new byte[32];
    private int uses;

    SoftwareAuthenticator() throws GeneralSecurityException {
        new SecureRandom().nextBytes(credentialId);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        key = generator.generateKeyPair();
    }

    /** Returns the credential that a browser sends to register the passkey. */
    String register(String challenge, String origin, String site) throws GeneralSecurityException {
        String data = HexFormat.of().formatHex(authenticatorData(site, PRESENT_AND_VERIFIED | WITH_CREDENTIAL))
                + "00".repeat(16)
                + "0020"
                + HexFormat.of().formatHex(credentialId)
                + coseKey();
        String attestation = "a3" + text("fmt") + text("none") + text("attStmt") + "a0" + text("authData") + "58"
                + HexFormat.of().toHexDigits((byte) (data.length() / 2)) + data;
        return credential(
                clientData("webauthn.create", challenge, origin),
                "\"attestationObject\":\"" + base64(HexFormat.of().parseHex(attestation))
                        + "\",\"transports\":[\"internal\"]");
    }

    /** Returns the credential that a browser sends to sign in. */
    String signIn(String challenge, String origin, String site, String user) throws GeneralSecurityException {
        byte[] data = authenticatorData(site, PRESENT_AND_VERIFIED);
        byte[] clientData = clientData("webauthn.get", challenge, origin);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key.getPrivate());
        signature.update(data);
        signature.update(sha256(clientData));
        return credential(
                clientData,
                "\"authenticatorData\":\"" + base64(data) + "\",\"signature\":\"" + base64(signature.sign())
                        + "\",\"userHandle\":\"" + user + "\"");
    }

    private byte[] authenticatorData(String site, int flags) throws GeneralSecurityException {
        return ByteBuffer.allocate(37)
                .put(sha256(site.getBytes(StandardCharsets.UTF_8)))
                .put((byte) flags)
                .putInt(++uses)
                .array();
    }

    /** {1: 2, 3: -7, -1: 1, -2: x, -3: y} (RFC 9053, section 7.1.1). */
    private String coseKey() {
        ECPublicKey publicKey = (ECPublicKey) key.getPublic();
        return "a5010203262001215820" + coordinate(publicKey.getW().getAffineX()) + "225820"
                + coordinate(publicKey.getW().getAffineY());
    }

    private static String coordinate(BigInteger number) {
        String hex = number.toString(16);
        return "0".repeat(64 - hex.length()) + hex;
    }

    private static String text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().toHexDigits((byte) (0x60 + bytes.length))
                + HexFormat.of().formatHex(bytes);
    }

    private static byte[] clientData(String type, String challenge, String origin) {
        return ("{\"type\":\"" + type + "\",\"challenge\":\"" + challenge + "\",\"origin\":\"" + origin + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private String credential(byte[] clientData, String response) {
        String id = base64(credentialId);
        return "{\"id\":\"" + id + "\",\"rawId\":\"" + id
                + "\",\"type\":\"public-key\",\"response\":{\"clientDataJSON\":\""
                + base64(clientData) + "\"," + response
                + "},\"clientExtensionResults\":{},\"authenticatorAttachment\":\"platform\"}";
    }

    private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
