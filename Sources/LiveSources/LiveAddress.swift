/// Where something is fetched from, as the user wrote it.
///
/// What is written may hold a password: `description` never does.
public struct LiveAddress: Hashable, Sendable, CustomStringConvertible {
  /// What answers there.
  public enum Service: String, Hashable, Sendable, CaseIterable {
    /// A program with `net/http/pprof`, or anything that answers with a profile.
    case http
    case pyroscope
    case parca
  }

  public let service: Service
  let isSecure: Bool
  /// Whether the server has to prove who it is.
  let verifiesPeer: Bool
  /// The socket to connect to; nil to connect to the host.
  let socket: String?
  /// Host and port, without credentials: `localhost:6060`, `[::1]:80`.
  let host: String
  /// Empty, or from the first slash on.
  let path: String
  /// What follows the question mark, as it was written.
  let query: String
  let user: String?
  let password: String?

  /// Whether the text is meant to be fetched, and is no name of a file.
  ///
  /// So is what has a scheme, what begins with `unix:`, and a host with a port: `box:6060/debug/pprof/heap`.
  public static func isMeant(by text: String) -> Bool {
    text.contains("://") || text.hasPrefix("unix:") || hasPort(text)
  }

  private static func hasPort(_ text: String) -> Bool {
    let authority = text.prefix { $0 != "/" && $0 != "?" }
    guard let colon = authority.lastIndex(of: ":"), colon != authority.startIndex else {
      return false
    }
    let port = authority[authority.index(after: colon)...]
    let host = authority[..<colon]
    return (1...5).contains(port.count) && port.allSatisfy { $0.isASCII && $0.isNumber }
      && host.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-._[]:".contains($0)) }
  }

  /// The address that the text writes.
  ///
  /// - Throws: a `LiveError` of kind `address`, for a scheme that is not fetched as well.
  public init(_ text: String) throws(LiveError) {
    let isPlain = text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7f }
    guard isPlain, !text.isEmpty else {
      throw LiveError(.address, "an address has no blanks and no control characters")
    }
    if text.hasPrefix("unix:") {
      try self.init(socketForm: text.dropFirst(5))
      return
    }
    guard let colon = text.firstRange(of: "://") else {
      try self.init(.http, isSecure: false, rest: text[...])
      return
    }
    var words = text[..<colon.lowerBound].lowercased().split(separator: "+").map(String.init)
    let rest = text[colon.upperBound...]
    var service = Service.http
    if words.count > 1, let named = Service(rawValue: words[0]), named != .http {
      service = named
      words.removeFirst()
    }
    switch words {
    case ["http"]: try self.init(service, isSecure: false, rest: rest)
    case ["https"]: try self.init(service, isSecure: true, rest: rest)
    case ["https", "insecure"]:
      try self.init(service, isSecure: true, verifiesPeer: false, rest: rest)
    case ["http", "unix"]:
      let authority = rest.prefix { $0 != "/" && $0 != "?" }
      guard let socket = Self.percentDecoded(authority), socket.hasPrefix("/") else {
        throw LiveError(.address, "http+unix:// wants the socket's path with %2F for each slash")
      }
      try self.init(
        service, isSecure: false, socket: socket, rest: "localhost" + rest[authority.endIndex...])
    default:
      let scheme = OneLine.of(text[..<colon.lowerBound])
      throw LiveError(
        .address,
        "\(scheme): is not fetched; http, https, https+insecure, http+unix, pyroscope+http(s) and parca+http(s) are"
      )
    }
  }

  /// `/run/app.sock`, or `/run/app.sock:/debug/pprof/heap`, with or without `//` before.
  private init(socketForm text: Substring) throws(LiveError) {
    let text = text.hasPrefix("///") ? text.dropFirst(2) : text
    let split = text.firstRange(of: ":/")
    let socket = text[..<(split?.lowerBound ?? text.endIndex)]
    guard socket.hasPrefix("/"), socket.count > 1 else {
      throw LiveError(.address, "unix: wants the whole path of the socket: unix:/run/app.sock")
    }
    let path = split.map { text[text.index(after: $0.lowerBound)...] } ?? ""
    try self.init(.http, isSecure: false, socket: String(socket), rest: "localhost" + path)
  }

  private init(
    _ service: Service, isSecure: Bool, verifiesPeer: Bool = true, socket: String? = nil,
    rest: Substring
  ) throws(LiveError) {
    let rest = rest.prefix { $0 != "#" }
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    let at = authority.lastIndex(of: "@")
    let host = at.map { authority[authority.index(after: $0)...] } ?? authority
    guard !host.isEmpty, host.first != ":", !host.contains("\\") else {
      throw LiveError(.address, "the address names no host")
    }
    let credentials = at.map { authority[..<$0] }
    let colon = credentials?.firstIndex(of: ":")
    let target = rest[authority.endIndex...]
    let path = target.prefix { $0 != "?" }
    self.service = service
    self.isSecure = isSecure
    self.verifiesPeer = verifiesPeer
    self.socket = socket
    self.host = String(host)
    self.path = String(path)
    query = String(target[path.endIndex...].dropFirst())
    user = credentials.map { text in
      let name = colon.map { text[..<$0] } ?? text
      return Self.percentDecoded(name) ?? String(name)
    }
    password = credentials.flatMap { text in
      guard let colon else { return nil }
      let word = text[text.index(after: colon)...]
      return Self.percentDecoded(word) ?? String(word)
    }
  }

  /// The address for the transport, without credentials.
  var url: String { url(path: path, query: query) }

  /// The same with another path and query.
  func url(path: String, query: String) -> String {
    "\(isSecure ? "https" : "http")://\(host)\(path)" + (query.isEmpty ? "" : "?\(query)")
  }

  /// The address without what is secret, as messages and the header show it.
  public var description: String {
    let place = socket.map { "unix:\($0):\(path)" } ?? "\(scheme)://\(host)\(path)"
    return OneLine.of(query.isEmpty ? place : "\(place)?\(query)")
  }

  /// A short name for a header: host and last part of the path.
  public var name: String {
    let last = isIndex ? "/heap" : path.split(separator: "/").last.map { "/\($0)" } ?? ""
    return service == .http ? OneLine.of(server + last) : server
  }

  /// A short name of the server: its host with the port, or the name of its socket.
  public var server: String {
    OneLine.of(socket.flatMap { $0.split(separator: "/").last.map(String.init) } ?? host)
  }

  /// Whether the address is that of the page that lists profiles, and names none of them.
  public var isIndex: Bool { ["", "/", "/debug/pprof", "/debug/pprof/"].contains(path) }

  /// Whether the address says which program of a store is wanted.
  public var namesService: Bool {
    query.split(separator: "&").contains { $0.hasPrefix("service=") }
  }

  /// Whether a login for that host, with or without a port, is for this address.
  public func isAt(_ host: String) -> Bool {
    let own = self.host.lowercased()
    let wanted = host.lowercased()
    if own == wanted || socket == host { return true }
    guard let colon = own.lastIndex(of: ":"), !own.hasSuffix("]") else { return false }
    return own[..<colon] == wanted
  }

  /// Whether the host is this machine.
  var isLoopback: Bool {
    let name =
      host.hasPrefix("[") ? host.prefix { $0 != "]" }.dropFirst() : host.prefix { $0 != ":" }
    return name == "localhost" || name == "::1" || name.hasPrefix("127.")
  }

  private var scheme: String {
    let transport = isSecure ? (verifiesPeer ? "https" : "https+insecure") : "http"
    return service == .http ? transport : "\(service.rawValue)+\(transport)"
  }

  /// The text with `%2F` and the like as the bytes that they stand for; nil where that is no text.
  static func percentDecoded(_ text: some StringProtocol) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = rest.prefix(2).compactMap { Character(UnicodeScalar($0)).hexDigitValue }
      guard digits.count == 2 else { return nil }
      rest = rest.dropFirst(2)
      bytes.append(UInt8(digits[0] * 16 + digits[1]))
    }
    return String(validating: bytes, as: UTF8.self)
  }

  /// The text as a part of a query.
  static func percentEncoded(_ text: String) -> String {
    var encoded = ""
    for byte in text.utf8 {
      let character = Character(UnicodeScalar(byte))
      if byte < 0x80, character.isLetter || character.isNumber || "-._~".contains(character) {
        encoded.append(character)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        encoded += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return encoded
  }
}
