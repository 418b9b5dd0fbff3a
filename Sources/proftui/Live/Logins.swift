import Glibc
import LiveSources

/// Who we are to which host, as lines of the configuration have it:
///
///     login pyroscope.example.com:4040 user 12345
///     login pyroscope.example.com:4040 password-file ~/.secrets/pyroscope
///     login metrics.example.com token abcdef
///
/// Nothing of it is ever printed, kept in the state, or part of an error.
struct Logins {
  private var values: [Word: String] = [:]

  enum Word: String, CaseIterable, Sendable {
    case user, password, token, tenant
    case passwordFile = "password-file"
    case tokenFile = "token-file"
  }

  /// What is wrong with a line that begins with `login`, if anything; nothing secret is in it.
  static func problem(_ line: String) -> String? {
    parse(line) == nil
      ? "login HOST \(Word.allCases.map(\.rawValue).joined(separator: "|")) VALUE" : nil
  }

  /// Whether the line is one of these.
  static func isMeant(by line: String) -> Bool {
    line.split(whereSeparator: \.isWhitespace).first == "login"
  }

  private static func parse(_ line: String) -> (host: String, word: Word, value: String)? {
    let words = line.split(maxSplits: 3, whereSeparator: \.isWhitespace)
    guard words.count == 4, words[0] == "login", let word = Word(rawValue: String(words[2])) else {
      return nil
    }
    var value = words[3].drop(while: \.isWhitespace)
    while value.last?.isWhitespace == true { value.removeLast() }
    return value.isEmpty ? nil : (String(words[1]), word, String(value))
  }

  /// The lines for an address, in the configuration that is in use; later ones count for more.
  static func read(for address: LiveAddress, _ live: LiveOptions) -> Logins {
    var logins = Logins()
    guard !live.hasNoConfiguration, let path = live.configuration ?? UserFiles.configuration,
      access(path, R_OK) == 0, let lines = try? LiveInput.lines(of: path, limit: 1 << 20)
    else { return logins }
    for line in lines {
      guard let login = parse(line), address.isAt(login.host) else { continue }
      logins.values[login.word] = login.value
    }
    return logins
  }

  /// Fills in what is not given elsewhere.
  func fill(_ credentials: inout Credentials) {
    if credentials.user == nil, credentials.token == nil {
      credentials.user = values[.user]
      credentials.password = values[.password] ?? secret(.passwordFile)
      credentials.token = values[.token] ?? secret(.tokenFile)
    }
    if credentials.tenant == nil { credentials.tenant = values[.tenant] }
  }

  /// The first line of the file that is named; nil where there is none.
  private func secret(_ word: Word) -> String? {
    guard let path = values[word] else { return nil }
    return (try? LiveInput.lines(of: UserFiles.expanded(path), limit: 1 << 16))?.first
  }
}
