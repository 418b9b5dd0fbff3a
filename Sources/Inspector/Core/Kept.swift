import Synchronization

/// Values by key, each made once; the oldest goes when there are more than `limit`.
///
/// Usable from any thread: who asks for what another is making waits for it, and for nothing else.
final class Kept<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  /// A value, or that it is to be made by who comes first.
  private final class Entry: Sendable {
    private let value = Mutex<Value?>(nil)

    /// Nil where there is none yet.
    var known: Value? { value.withLockIfAvailable { $0 } ?? nil }

    func value(make: () -> Value) -> Value {
      value.withLock { value in
        if let value { return value }
        let made = make()
        value = made
        return made
      }
    }
  }

  private struct State {
    var entries: [Key: Entry] = [:]
    var order: [Key] = []
  }

  private let state = Mutex(State())
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  func value(for key: Key, make: () -> Value) -> Value { entry(for: key).value(make: make) }

  /// The value, if it was made; nil while it is being made.
  func known(for key: Key) -> Value? { state.withLock { $0.entries[key] }?.known }

  private func entry(for key: Key) -> Entry {
    state.withLock { state in
      if let entry = state.entries[key] { return entry }
      let entry = Entry()
      state.entries[key] = entry
      state.order.append(key)
      if state.order.count > limit { state.entries[state.order.removeFirst()] = nil }
      return entry
    }
  }
}
