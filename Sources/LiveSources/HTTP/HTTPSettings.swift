/// How servers are spoken to: who they must be, who we are, and how much they may send.
public struct HTTPSettings: Sendable {
  /// A file of authorities, besides those of the system; empty for none.
  public var authorityFile = ""
  /// A client certificate and its key; empty for none.
  public var certificateFile = ""
  public var keyFile = ""
  /// Whether any certificate is taken.
  public var isInsecure = false
  public var credentials = Credentials()
  /// The most bytes that an answer may have.
  public var sizeLimit = 256 << 20
  /// The most seconds for an exchange; nil for one and a half times what the server measures, or 60.
  public var timeout: Double?

  public init() {}

  /// The most seconds for an exchange in which the server takes `seconds` to measure.
  func timeout(measuring seconds: Int?) -> Double {
    // Five more are for the way there and back, as pprof has it.
    (timeout ?? seconds.map { 1.5 * Double($0) } ?? 60) + 5
  }
}

/// Who we are. Never printed: it has no words for itself.
public struct Credentials: Sendable {
  public var user: String?
  public var password: String?
  /// A token for `Authorization: Bearer`.
  public var token: String?
  /// The tenant, for `X-Scope-OrgID`.
  public var tenant: String?
  /// More header lines: `Name: value`.
  public var headerLines: [String] = []
  /// Whether the user's netrc is asked for what is not given.
  public var usesNetrc = false

  public init() {}

  /// The credentials in the environment: `PROFTUI_USERNAME`, `_PASSWORD`, `_TOKEN` and `_TENANT`, or,
  /// for a Pyroscope, what its own tool reads.
  public init(
    _ service: LiveAddress.Service, environment: (_ name: String) -> String?
  ) {
    func value(_ name: String, _ other: String) -> String? {
      environment("PROFTUI_\(name)")
        ?? (service == .pyroscope ? environment("PROFILECLI_\(other)") : nil)
    }
    user = value("USERNAME", "USERNAME")
    password = value("PASSWORD", "PASSWORD")
    token = value("TOKEN", "TOKEN")
    tenant = value("TENANT", "TENANT_ID")
  }
}
