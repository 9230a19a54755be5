package io.simplesmtp.app;

import io.simplesmtp.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** For whom mail is taken. */
final class RecipientFlags {

  @Option(
      names = "--accept-domain",
      paramLabel = "DOMAIN",
      description = {
        "Take mail for this domain; repeatable. Recipients elsewhere get 550 5.7.1,"
            + " but for postmaster without a domain.",
        "Default: mail for every domain is taken."
      })
  List<Host> domains = new ArrayList<>();

  @Option(
      names = "--reject-recipient",
      paramLabel = "REGEX[=REPLY]",
      description = {
        "Refuse recipients in whose address this is found, in any case; repeatable, and the first"
            + " that fits decides. REPLY begins with a 4xx or 5xx code.",
        "Default: 550 5.1.1 Mailbox unavailable."
      })
  List<RecipientRule> rules = new ArrayList<>();

  RecipientPolicy policy(Host hostname) {
    return new RecipientPolicy(List.copyOf(rules), Set.copyOf(domains), hostname);
  }
}
