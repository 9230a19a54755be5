package io.simplesmtp.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** A SCRAM client's last message, made with what Java has of its own. */
public final class ScramProof {

  private ScramProof() {}

  /** With the nonce of the challenge. */
  public static String of(
      ScramHash hash, String password, String bare, String challenge, String binding)
      throws Exception {
    String nonce = challenge.substring(2, challenge.indexOf(','));
    return of(hash, password, bare, challenge, binding, nonce);
  }

  static String of(
      ScramHash hash, String password, String bare, String challenge, String binding, String nonce)
      throws Exception {
    int salt = challenge.indexOf(",s=") + 3;
    int iterations = challenge.indexOf(",i=");
    String withoutProof = "c=" + binding + ",r=" + nonce;
    PBEKeySpec spec =
        new PBEKeySpec(
            password.toCharArray(),
            Base64.getDecoder().decode(challenge.substring(salt, iterations)),
            Integer.parseInt(challenge.substring(iterations + 3)),
            hash.octets() * 8);
    String name = hash == ScramHash.SHA_1 ? "HmacSHA1" : "HmacSHA256";
    byte[] salted =
        SecretKeyFactory.getInstance("PBKDF2With" + name).generateSecret(spec).getEncoded();
    byte[] clientKey = hmac(name, salted, "Client Key");
    byte[] signature =
        hmac(name, hash.hash(clientKey), bare + "," + challenge + "," + withoutProof);
    byte[] proof = new byte[signature.length];
    for (int i = 0; i < proof.length; i++) {
      proof[i] = (byte) (clientKey[i] ^ signature[i]);
    }
    return withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof);
  }

  private static byte[] hmac(String name, byte[] key, String text) throws Exception {
    Mac mac = Mac.getInstance(name);
    mac.init(new SecretKeySpec(key, name));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }
}
