import Synchronization

/// Values by key, each made once; the oldest goes when there are more than `limit`, and what was not
/// used for long when a budget is used up.
///
/// Usable from any thread: who asks for what another is making waits for it, and for nothing else.
final class Kept<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  /// What values take of a budget that they share with others.
  struct Cost: Sendable {
    let budget: AnswerBudget
    /// Tells what a value takes now, in bytes.
    let byteCount: @Sendable (Value) -> Int
  }

  /// A value, or that it is to be made by who comes first.
  private final class Entry: BudgetedAnswer {
    private let value = Mutex<Value?>(nil)
    private let key: Key
    private weak let owner: Kept?
    private let cost: Cost?
    private let use = Atomic<Int>(0)

    init(_ key: Key, of owner: Kept) {
      self.key = key
      self.owner = owner
      cost = owner.cost
    }

    /// Nil where there is none yet.
    var known: Value? { value.withLockIfAvailable { $0 } ?? nil }

    func value(make: () -> Value) -> Value {
      var isNew = false
      let result = value.withLock { value in
        if let value { return value }
        let made = make()
        value = made
        isNew = true
        return made
      }
      noteUse()
      // Not while it is locked: the budget asks it what it takes.
      if isNew { cost?.budget.add(self) }
      return result
    }

    func noteUse() {
      if let cost { use.store(cost.budget.now(), ordering: .relaxed) }
    }

    var lastUse: Int { use.load(ordering: .relaxed) }

    // Who has the lock gives it back at once: a value is counted when it is made.
    var byteCount: Int {
      guard let cost, let value = value.withLock({ $0 }) else { return 0 }
      return cost.byteCount(value)
    }

    func drop() { owner?.forget(self, at: key) }
  }

  private struct State {
    var entries: [Key: Entry] = [:]
    var order: [Key] = []
  }

  private let state = Mutex(State())
  private let limit: Int
  private let cost: Cost?

  /// - Parameter cost: what values take of a budget; nil where they are small.
  init(limit: Int, cost: Cost? = nil) {
    self.limit = limit
    self.cost = cost
  }

  func value(for key: Key, make: () -> Value) -> Value { entry(for: key).value(make: make) }

  /// The value, if it was made; nil while it is being made.
  func known(for key: Key) -> Value? { state.withLock { $0.entries[key] }?.known }

  /// Says that a value which was got earlier is still looked at.
  func noteUse(of key: Key) { state.withLock { $0.entries[key] }?.noteUse() }

  private func entry(for key: Key) -> Entry {
    state.withLock { state in
      if let entry = state.entries[key] { return entry }
      let entry = Entry(key, of: self)
      state.entries[key] = entry
      state.order.append(key)
      if state.order.count > limit { state.entries[state.order.removeFirst()] = nil }
      return entry
    }
  }

  private func forget(_ entry: Entry, at key: Key) {
    state.withLock { state in
      // It may be another one by now.
      guard state.entries[key] === entry else { return }
      state.entries[key] = nil
      state.order.removeAll { $0 == key }
    }
  }
}
