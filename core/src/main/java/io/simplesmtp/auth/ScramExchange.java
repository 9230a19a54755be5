package io.simplesmtp.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run of SCRAM (RFC 5802 section 5): two messages of each side, and an empty one. */
final class ScramExchange implements SaslExchange {

  private final Scram mechanism;
  private final SaslContext context;
  private final ScramCredentials credentials;
  private final String serverNonce;
  private @Nullable Opened opened;
  private @Nullable Identity proven;

  ScramExchange(
      Scram mechanism, SaslContext context, ScramCredentials credentials, String serverNonce) {
    this.mechanism = mechanism;
    this.context = context;
    this.credentials = credentials;
    this.serverNonce = serverNonce;
  }

  /**
   * What is known after the first message.
   *
   * @param binding what the last message must say of header and channel
   * @param nonce the client's nonce and the server's
   * @param isKnown whether the credential is the user's own
   * @param messages both first messages, as the proof covers them
   */
  @SuppressWarnings("ArrayRecordComponent") // for this exchange alone; never compared
  private record Opened(
      ScramMessages.First first,
      String user,
      byte[] binding,
      String nonce,
      ScramCredential credential,
      boolean isKnown,
      String messages) {}

  @Override
  public SaslStep start() {
    return new SaslStep.Challenge(new byte[0]);
  }

  @Override
  public SaslStep respond(byte[] response) throws Exception {
    if (proven != null) {
      return response.length == 0 ? new SaslStep.Success(proven) : new SaslStep.Malformed();
    }
    Optional<String> message = Utf8.decode(response, 0, response.length);
    if (message.isEmpty()) {
      return new SaslStep.Malformed();
    }
    return opened == null ? open(message.get()) : close(opened, message.get());
  }

  private SaslStep open(String message) throws Exception {
    Optional<ScramMessages.First> read = ScramMessages.First.parse(message);
    Optional<String> user = read.flatMap(first -> SaslPrep.query(first.user()));
    if (read.isEmpty() || user.isEmpty() || user.get().isEmpty()) {
      return new SaslStep.Malformed();
    }
    ScramMessages.First first = read.get();
    Optional<byte[]> binding = binding(first.header());
    if (binding.isEmpty()) {
      return new SaslStep.Failure();
    }
    ScramCredential decoy = mechanism.decoy(user.get(), credentials.iterations());
    Optional<ScramCredential> found = credentials.find(user.get(), mechanism.hash());
    ScramCredential credential = found.orElse(decoy);
    if (credential.hash() != mechanism.hash()) {
      throw new IllegalStateException("A credential for " + credential.hash() + " was found");
    }
    String nonce = first.nonce() + serverNonce;
    String challenge =
        "r=" + nonce + ",s=" + credential.saltText() + ",i=" + credential.iterations();
    opened =
        new Opened(
            first,
            user.get(),
            binding.get(),
            nonce,
            credential,
            found.isPresent(),
            first.bare() + "," + challenge);
    return new SaslStep.Challenge(octets(challenge));
  }

  private SaslStep close(Opened begun, String message) throws Exception {
    Optional<ScramMessages.Final> read = ScramMessages.Final.parse(message);
    if (read.isEmpty()) {
      return new SaslStep.Malformed();
    }
    ScramMessages.Final last = read.get();
    byte[] authMessage = octets(begun.messages() + "," + last.withoutProof());
    boolean isProof = begun.credential().isProof(last.proof(), authMessage);
    boolean isBound = MessageDigest.isEqual(last.binding(), begun.binding());
    boolean isRight = isProof && isBound && begun.isKnown() && last.nonce().equals(begun.nonce());
    if (!isRight) {
      return new SaslStep.Failure();
    }
    String authorizationId = begun.first().header().authorizationId();
    Optional<String> name = credentials.authorize(begun.user(), authorizationId);
    if (name.isEmpty()) {
      return new SaslStep.Failure();
    }
    proven = new Identity(name.get(), mechanism.name());
    byte[] signature = begun.credential().serverSignature(authMessage);
    return new SaslStep.Challenge(octets("v=" + Base64.getEncoder().encodeToString(signature)));
  }

  /**
   * What the last message must repeat: the header, and behind it the channel binding. Empty if the
   * client binds where this mechanism does not, does not where it does, or binds to something that
   * the server does not know, or if somebody took the -PLUS forms from what it was offered (RFC
   * 5802 section 6).
   */
  private Optional<byte[]> binding(Gs2Header header) {
    byte[] text = octets(header.text());
    return switch (header.flag()) {
      case 'p' ->
          mechanism.isPlus()
              ? context.channelBindings().data(header.bindingType()).map(data -> joined(text, data))
              : Optional.empty();
      case 'y' -> mechanism.isPlus() || isPlusOffered() ? Optional.empty() : Optional.of(text);
      default -> mechanism.isPlus() ? Optional.empty() : Optional.of(text);
    };
  }

  private boolean isPlusOffered() {
    return context.mechanisms().stream().anyMatch(name -> name.endsWith("-PLUS"));
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] all = new byte[first.length + second.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
