import CCurl

/// Speaks HTTP through the system's libcurl, which is opened with the first request.
///
/// Redirects are followed here, not there: credentials stay with the host that they are for, and
/// nobody is led from https to http.
public struct CurlTransport: HTTPTransport {
  let settings: HTTPSettings

  static let redirectLimit = 10

  public init(_ settings: HTTPSettings) { self.settings = settings }

  public func send(
    _ request: HTTPRequest, progress: (FetchProgress) -> Bool
  ) throws(LiveError) -> HTTPResponse {
    guard proftui_curl_load() else {
      throw LiveError(.transport, "libcurl is not on this machine; Debian has it as libcurl4")
    }
    let clock = ContinuousClock()
    let start = clock.now
    var url = request.address.url(path: request.path, query: request.query)
    var isAtHome = true
    for _ in 0...Self.redirectLimit {
      let spent = clock.now - start
      let seconds = Double(spent.components.seconds) + Double(spent.components.attoseconds) / 1e18
      let hop = try CurlExchange.run(
        request, url: url, isAtHome: isAtHome, settings: settings,
        timeout: request.timeout - seconds, progress: progress)
      guard let next = hop.redirect else { return hop.response }
      if case .post = request.method {
        throw LiveError(.answer, "redirected a query; give the address that it leads to")
      }
      let here = Origin(url)
      let there = Origin(next)
      guard there.scheme == "http" || there.scheme == "https" else {
        throw LiveError(.answer, "redirected to \(there.scheme):, which is not fetched")
      }
      guard here.scheme == "http" || there.scheme == "https" else {
        throw LiveError(.answer, "redirected from https to http, which is not followed")
      }
      // Once away, away for good: the way back might be anybody's.
      isAtHome = isAtHome && here == there
      url = next
    }
    throw LiveError(.answer, "redirected more than \(Self.redirectLimit) times")
  }

  /// Scheme, host and port of a whole address.
  private struct Origin: Hashable {
    let scheme: String
    let host: String

    init(_ url: String) {
      let colon = url.firstRange(of: "://")
      scheme = url[..<(colon?.lowerBound ?? url.startIndex)].lowercased()
      let authority = url[(colon?.upperBound ?? url.startIndex)...].prefix {
        $0 != "/" && $0 != "?" && $0 != "#"
      }
      let host = authority.split(separator: "@").last.map { $0.lowercased() } ?? ""
      let standardPort = scheme == "https" ? ":443" : ":80"
      self.host =
        host.hasSuffix(standardPort) ? String(host.dropLast(standardPort.count)) : host
    }
  }
}
