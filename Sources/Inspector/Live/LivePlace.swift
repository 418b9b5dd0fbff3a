/// A server that profiles are fetched from, as far as the screen has to know of it.
package struct LivePlace: Hashable, Sendable {
  /// What the address is called in the header.
  private let address: String
  /// What the server is called.
  package let server: String
  /// Whether there are others to choose from.
  package let isBrowsable: Bool
  package var choice = LiveChoice.whole
  /// What the choice is compared with; nil for nothing.
  package var base: LiveChoice?
  /// How many seconds there are between two snapshots of a watch.
  package var every: Int
  /// Whether it is watched from the start.
  package var isWatched: Bool

  /// - Parameters:
  ///   - address: the name of what the address says.
  ///   - isBrowsable: whether the server can be asked for others.
  package init(
    address: String, server: String = "", isBrowsable: Bool = false, every: Int = 10,
    isWatched: Bool = false
  ) {
    self.address = address
    self.server = server
    self.isBrowsable = isBrowsable
    self.every = max(every, 1)
    self.isWatched = isWatched
  }

  /// The name for the header.
  package var name: String { name(of: choice) }

  package func name(of choice: LiveChoice) -> String {
    switch choice {
    case .whole: address
    case .offer(let name): "\(server)/\(name)"
    case .stored(let stored): "\(server) \(stored.service)"
    }
  }
}
