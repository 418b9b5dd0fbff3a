/// A program that answers with profiles at addresses: `net/http/pprof`, or anything like it.
public struct GoServer: Sendable {
  public let address: LiveAddress
  let transport: any HTTPTransport
  let settings: HTTPSettings

  /// How a profile is taken.
  public struct Measurement: Hashable, Sendable {
    /// For how many seconds; nil for what the server takes by itself.
    public var seconds: Int?
    /// Whether the heap is collected first.
    public var collectsGarbage: Bool

    public init(seconds: Int? = nil, collectsGarbage: Bool = false) {
      self.seconds = seconds
      self.collectsGarbage = collectsGarbage
    }
  }

  /// - Parameter transport: what to fetch with; nil for libcurl.
  public init(
    _ address: LiveAddress, settings: HTTPSettings, transport: (any HTTPTransport)? = nil
  ) {
    self.address = address
    self.settings = settings
    self.transport = transport ?? CurlTransport(settings)
  }

  /// Whether the address is that of the page that lists profiles, and names none of them.
  public var isIndex: Bool { address.isIndex }

  /// The bytes of a profile.
  ///
  /// - Parameters:
  ///   - name: which, where the address is that of the index: `heap`.
  ///   - progress: called now and then; false gives up.
  public func profile(
    named name: String? = nil, _ measurement: Measurement = Measurement(),
    progress: (FetchProgress) -> Bool = { _ in true }
  ) throws(LiveError) -> [UInt8] {
    let path = path(named: name)
    let query = Self.query(address.query, path: path, measurement)
    let response = try send(path: path, query: query, progress: progress)
    try Self.check(response)
    return response.body
  }

  /// The profiles that the server offers, as its index lists them.
  public func offers(
    progress: (FetchProgress) -> Bool = { _ in true }
  ) throws(LiveError) -> [ProfileOffer] {
    let path = isIndex ? "/debug/pprof/" : address.path
    let response = try send(path: path, query: "", progress: progress)
    try Self.checkStatus(response)
    let offers = ProfileOffer.listed(in: response.body)
    guard !offers.isEmpty else {
      throw LiveError(.answer, "lists no profiles; give the whole address of one")
    }
    return offers
  }

  /// For how many seconds the server measures before it answers; nil where it answers at once.
  ///
  /// - Parameter name: which profile, where the address is that of the index.
  public func measuredSeconds(
    named name: String? = nil, _ measurement: Measurement = Measurement()
  ) -> Int? {
    let path = path(named: name)
    return Self.seconds(in: Self.query(address.query, path: path, measurement), path: path)
  }

  private func send(
    path: String, query: String, progress: (FetchProgress) -> Bool
  ) throws(LiveError) -> HTTPResponse {
    let seconds = Self.seconds(in: query, path: path)
    var request = HTTPRequest(address, timeout: settings.timeout(measuring: seconds))
    request.path = path
    request.query = query
    return try transport.send(request, progress: progress)
  }

  // MARK: Queries

  /// The query with what the measurement wants, but for what it has already.
  static func query(_ query: String, path: String, _ measurement: Measurement) -> String {
    var parts = query.split(separator: "&").map(String.init)
    func has(_ name: String) -> Bool { parts.contains { $0 == name || $0.hasPrefix("\(name)=") } }
    if let seconds = measurement.seconds, !has("seconds") { parts.append("seconds=\(seconds)") }
    if measurement.collectsGarbage, path.hasSuffix("/heap"), !has("gc") { parts.append("gc=1") }
    return parts.joined(separator: "&")
  }

  /// Where the profile of that name is.
  func path(named name: String?) -> String {
    isIndex ? "/debug/pprof/\(LiveAddress.percentEncoded(name ?? "heap"))" : address.path
  }

  static func seconds(in query: String, path: String) -> Int? {
    for part in query.split(separator: "&") where part.hasPrefix("seconds=") {
      return Int(part.dropFirst(8)).map { min(max($0, 0), 1_000_000) }
    }
    return path.hasSuffix("/profile") ? 30 : nil
  }

  // MARK: Answers

  private static func check(_ response: HTTPResponse) throws(LiveError) {
    try checkStatus(response)
    guard !response.body.isEmpty else { throw LiveError(.answer, "the answer is empty") }
    if response.contentType == "text/html" {
      throw LiveError(.answer, "answered with a web page, not with a profile")
    }
    if response.body.starts(with: Array("go 1.".utf8)) {
      throw LiveError(.answer, "this is an execution trace; go tool trace reads those")
    }
  }

  private static func checkStatus(_ response: HTTPResponse) throws(LiveError) {
    guard response.status != 200 else { return }
    // Only a server that says that it is Go's writes its reason for people.
    if response.headers["x-go-pprof"] != nil, response.contentType == "text/plain" {
      throw LiveError(.answer, "the server says: \(OneLine.of(response.body))")
    }
    let hint =
      switch response.status {
      case 401:
        "; PROFTUI_TOKEN, or PROFTUI_USERNAME and PROFTUI_PASSWORD, or --netrc, say who you are"
      case 403: "; you may not read it"
      case 404: "; is the path right?"
      default: ""
      }
    let reason = response.reason.isEmpty ? "" : " \(response.reason)"
    throw LiveError(.answer, "the server answers \(response.status)\(reason)\(hint)")
  }
}
