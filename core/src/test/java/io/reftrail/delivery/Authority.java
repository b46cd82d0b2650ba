package io.reftrail.delivery;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** A certificate authority made for a test, and servers' certificates. */
final class Authority {

    static final Validity NOW = new Validity(Duration.ofDays(1), Duration.ofDays(1));
    static final Validity EXPIRED = new Validity(Duration.ofDays(10), Duration.ofDays(-5));

    private static final X500Name NAME = new X500Name("CN=authority");
    private static final AlgorithmIdentifier ALGORITHM = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    private static final char[] PASSWORD = {};

    private final KeyPair keys = keys();
    private final X509Certificate certificate;

    Authority() {
        certificate = certificate(
                NAME, keys, Extension.basicConstraints, new BasicConstraints(true), NOW, NAME, keys.getPrivate());
    }

    /** From when to when a certificate is valid, counted from now. */
    record Validity(Duration since, Duration until) {}

    /** What a server at the address needs that this authority vouches for. */
    SSLContext server(String address, Validity validity) {
        KeyPair own = keys();
        X509Certificate vouched = certificate(
                new X500Name("CN=server"),
                own,
                Extension.subjectAlternativeName,
                address(address),
                validity,
                NAME,
                keys.getPrivate());
        return context(own.getPrivate(), vouched, certificate);
    }

    /** What a server at the address needs that nobody vouches for but itself. */
    SSLContext selfSigned(String address) {
        KeyPair own = keys();
        X500Name name = new X500Name("CN=self");
        return context(
                own.getPrivate(),
                certificate(
                        name, own, Extension.subjectAlternativeName, address(address), NOW, name, own.getPrivate()));
    }

    /** What a client needs that trusts this authority and nobody else. */
    SSLContext client() {
        try {
            KeyStore trusted = empty();
            trusted.setCertificateEntry("ca", certificate);
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static GeneralNames address(String address) {
        return new GeneralNames(new GeneralName(GeneralName.iPAddress, address));
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("EC").generateKeyPair();
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static X509Certificate certificate(
            X500Name subject,
            KeyPair subjectKeys,
            ASN1ObjectIdentifier extension,
            ASN1Encodable value,
            Validity validity,
            X500Name issuer,
            PrivateKey issuerKey) {
        try {
            Instant now = Instant.now();
            ExtensionsGenerator extensions = new ExtensionsGenerator();
            extensions.addExtension(extension, true, value);
            V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
            generator.setSerialNumber(new ASN1Integer(BigInteger.valueOf(now.toEpochMilli())));
            generator.setSignature(ALGORITHM);
            generator.setIssuer(issuer);
            generator.setSubject(subject);
            generator.setStartDate(new Time(Date.from(now.minus(validity.since()))));
            generator.setEndDate(new Time(Date.from(now.plus(validity.until()))));
            generator.setSubjectPublicKeyInfo(
                    SubjectPublicKeyInfo.getInstance(subjectKeys.getPublic().getEncoded()));
            generator.setExtensions(extensions.generate());
            ASN1Encodable contents = generator.generateTBSCertificate();
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(issuerKey);
            signature.update(contents.toASN1Primitive().getEncoded("DER"));
            ASN1EncodableVector signed = new ASN1EncodableVector();
            signed.add(contents);
            signed.add(ALGORITHM);
            signed.add(new DERBitString(signature.sign()));
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(new DERSequence(signed).getEncoded("DER")));
        } catch (GeneralSecurityException | IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static SSLContext context(PrivateKey key, X509Certificate... chain) {
        try {
            KeyStore own = empty();
            own.setKeyEntry("server", key, PASSWORD, chain);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(own, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
