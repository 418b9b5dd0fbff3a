/// A profile that a server lists.
public struct ProfileOffer: Hashable, Sendable {
  /// The word for it in addresses: `heap`.
  public let name: String
  /// How many entries it has now; nil where that is not told.
  public let count: Int?

  /// What is measured, in a few words; empty for what we do not know.
  public var summary: String { Self.summaries[name] ?? "" }

  private static let summaries = [
    "allocs": "memory, all that was allocated since the start",
    "block": "waiting for locks and channels, if measured",
    "goroutine": "where goroutines are now",
    "goroutineleak": "goroutines that nothing can wake any more",
    "heap": "memory in use",
    "mutex": "locks that others waited for, if measured",
    "profile": "processor time, for 30 seconds",
    "threadcreate": "what started threads",
  ]

  /// What is no profile.
  private static let others: Set<String> = [
    "cmdline", "symbol", "trace", "full goroutine stack dump",
  ]

  /// The profiles in a page as `net/http/pprof` writes it: rows of a count and a link `NAME?debug=1`.
  static func listed(in page: [UInt8]) -> [ProfileOffer] {
    let text = String(decoding: page.prefix(1 << 20), as: UTF8.self)
    var offers: [ProfileOffer] = []
    var count: Int?
    for piece in text.split(separator: "<") {
      if piece.hasPrefix("tr") {
        count = nil
      } else if piece.hasPrefix("td>") {
        count = Int(piece.dropFirst(3).filter { !$0.isWhitespace }) ?? count
      } else if piece.hasPrefix("a href=") {
        let quoted = piece.dropFirst(7).prefix { $0 != ">" }.filter { $0 != "'" && $0 != "\"" }
        let name = String(quoted.prefix { $0 != "?" })
        let isName =
          !name.isEmpty && name.count < 100
          && name.allSatisfy {
            $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0))
          }
        guard isName, !others.contains(name), !offers.contains(where: { $0.name == name }),
          offers.count < 200
        else { continue }
        offers.append(ProfileOffer(name: name, count: count))
        count = nil
      }
    }
    return offers
  }
}
