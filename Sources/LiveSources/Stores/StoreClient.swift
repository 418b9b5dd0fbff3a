/// What every store needs to be spoken to.
public struct StoreClient: Sendable {
  private let address: LiveAddress
  private let settings: HTTPSettings
  private let transport: any HTTPTransport

  /// - Parameter transport: what to fetch with; nil for libcurl.
  public init(
    _ address: LiveAddress, settings: HTTPSettings, transport: (any HTTPTransport)? = nil
  ) {
    self.address = address
    self.settings = settings
    self.transport = transport ?? CurlTransport(settings)
  }

  /// Sends a request to a path below the address.
  func send(
    _ path: String, _ method: HTTPRequest.Method = .get, query: String = "",
    headers: [(name: String, value: String)] = [], progress: (FetchProgress) -> Bool
  ) throws(LiveError) -> HTTPResponse {
    var request = HTTPRequest(address, timeout: settings.timeout(measuring: nil))
    var prefix = address.path[...]
    while prefix.hasSuffix("/") { prefix = prefix.dropLast() }
    request.method = method
    request.path = "\(prefix)/\(path)"
    request.query = query
    request.headers = headers
    return try transport.send(request, progress: progress)
  }
}
