/// What is asked of a server.
public struct HTTPRequest: Sendable {
  public enum Method: Hashable, Sendable {
    case get
    /// With a body of this type.
    case post([UInt8], contentType: String)
  }

  var method = Method.get
  let address: LiveAddress
  var path: String
  var query: String
  var headers: [(name: String, value: String)] = []
  /// The most seconds that the whole exchange may take.
  var timeout: Double

  init(_ address: LiveAddress, timeout: Double) {
    self.address = address
    path = address.path
    query = address.query
    self.timeout = timeout
  }
}

/// What a server answered.
public struct HTTPResponse: Sendable {
  public let status: Int
  /// As the server wrote it: `Not Found`; may be empty.
  public let reason: String
  /// By name in lower case; the last of each.
  public let headers: [String: String]
  /// Not encoded any more.
  public let body: [UInt8]

  /// The type of the body in lower case, without parameters: `text/html`.
  var contentType: String {
    let value = headers["content-type"] ?? ""
    return String(value.prefix { $0 != ";" && $0 != " " }).lowercased()
  }
}

/// How far an answer has come.
public struct FetchProgress: Hashable, Sendable {
  public let received: Int
  /// Nil where the server does not say.
  public let expected: Int?
}

/// What makes exchanges with servers.
public protocol HTTPTransport: Sendable {
  /// Sends the request and waits for the whole answer.
  ///
  /// - Parameter progress: called now and then, at least once a second; false gives up.
  func send(
    _ request: HTTPRequest, progress: (FetchProgress) -> Bool
  ) throws(LiveError) -> HTTPResponse
}
