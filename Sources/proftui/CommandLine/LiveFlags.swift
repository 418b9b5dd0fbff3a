import LiveSources
import Reports

/// How profiles are fetched, as the command line has it.
struct LiveOptions: Sendable {
  var measurement = GoServer.Measurement()
  var settings = HTTPSettings()
  /// Files with a token and with header lines; empty for none.
  var tokenFile = ""
  var headerFile = ""
  var usesNetrc = false
  /// The configuration that was named; nil for the user's own.
  var configuration: String?
  var hasNoConfiguration = false
}

/// The flags for profiles that are fetched.
enum LiveFlags {
  static let all: [CommandFlag] = [
    CommandFlag(
      name: "seconds", placeholder: "N",
      summary: "Let the server measure for so long; for a heap, what changes meanwhile"
    ) { (invocation, value) throws(UsageError) in
      guard let seconds = NumberWords.integer(value), seconds <= 1_000_000 else {
        throw .invalidValue(value, flag: "seconds")
      }
      // 0, pprof's default, and less ask for nothing.
      invocation.sources.live.measurement.seconds = seconds > 0 ? seconds : nil
    },
    CommandFlag(
      name: "timeout", placeholder: "SECONDS",
      summary: "Give up after so long (1.5 times what is measured, or 60)"
    ) { (invocation, value) throws(UsageError) in
      guard let seconds = NumberWords.integer(value), seconds <= 1_000_000 else {
        throw .invalidValue(value, flag: "timeout")
      }
      invocation.sources.live.settings.timeout = seconds > 0 ? Double(seconds) : nil
    },
    .toggle(
      "gc", "Have the server collect garbage before it writes a heap",
      \.sources.live.measurement.collectsGarbage),
    .text(
      "tls_ca", "FILE", "Authorities that the server's certificate may come from",
      \.sources.live.settings.authorityFile),
    .text(
      "tls_cert", "FILE", "The certificate to show to the server",
      \.sources.live.settings.certificateFile),
    .text("tls_key", "FILE", "The key of that certificate", \.sources.live.settings.keyFile),
    .toggle(
      "insecure", "Take any certificate, as https+insecure:// does",
      \.sources.live.settings.isInsecure),
    .text(
      "bearer_file", "FILE", "A file with a token to show to the server",
      \.sources.live.tokenFile),
    .text(
      "header_file", "FILE", "A file with header lines to send, as Name: value",
      \.sources.live.headerFile),
    .toggle(
      "netrc", "Look for user and password in ~/.netrc", \.sources.live.usesNetrc),
  ]
}
