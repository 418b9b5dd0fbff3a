import ProfileModel
import Synchronization
import TerminalUI
import TestSupport
import Testing

@testable import Inspector

/// How much memory answers may take.
struct AnswerBudgetTests {
  private func kept(_ budget: AnswerBudget, limit: Int = 100) -> Kept<String, Int> {
    // An answer takes as many bytes as it says.
    Kept(limit: limit, cost: .init(budget: budget) { $0 })
  }

  @Test func `what was used least recently goes where answers take too much`() {
    let budget = AnswerBudget(bytes: 30_000)
    let kept = kept(budget)
    for key in ["a", "b", "c"] { _ = kept.value(for: key) { 10_000 } }
    #expect(budget.byteCount == 30_000)
    _ = kept.value(for: "a") { 0 }
    kept.noteUse(of: "b")
    _ = kept.value(for: "d") { 10_000 }
    #expect(kept.known(for: "c") == nil)
    #expect(["a", "b", "d"].allSatisfy { kept.known(for: $0) == 10_000 })
    #expect(budget.byteCount == 30_000)
    #expect(kept.value(for: "c") { 12_000 } == 12_000)
  }

  @Test func `all that share a budget make room for each other`() {
    let budget = AnswerBudget(bytes: 30_000)
    let (first, second) = (kept(budget), kept(budget))
    for key in ["a", "b", "c"] { _ = first.value(for: key) { 10_000 } }
    _ = second.value(for: "a") { 25_000 }
    #expect(["a", "b", "c"].allSatisfy { first.known(for: $0) == nil })
    #expect(second.known(for: "a") == 25_000)
  }

  @Test func `the answer that was just made stays, whatever it takes`() {
    let budget = AnswerBudget(bytes: 0)
    let kept = kept(budget)
    _ = kept.value(for: "a") { 1 << 30 }
    #expect(kept.known(for: "a") == 1 << 30)
    _ = kept.value(for: "b") { 1 << 20 }
    #expect(kept.known(for: "a") == nil)
    #expect(budget.byteCount == 1 << 20)
  }

  @Test func `small answers do not count`() {
    let budget = AnswerBudget(bytes: 0)
    let kept = kept(budget)
    for key in ["a", "b", "c"] { _ = kept.value(for: key) { AnswerBudget.smallest - 1 } }
    #expect(budget.byteCount == 0)
    #expect(["a", "b", "c"].allSatisfy { kept.known(for: $0) != nil })
  }

  @Test func `what an answer grew by counts when the next is made`() {
    final class Growing: Sendable {
      let bytes = Mutex(5_000)
    }
    let budget = AnswerBudget(bytes: 20_000)
    let kept = Kept<Int, Growing>(
      limit: 9, cost: .init(budget: budget) { $0.bytes.withLock { $0 } })
    let first = kept.value(for: 1) { Growing() }
    _ = kept.value(for: 2) { Growing() }
    #expect(budget.byteCount == 10_000)
    first.bytes.withLock { $0 = 15_000 }
    _ = kept.value(for: 3) { Growing() }
    #expect(kept.known(for: 1) == nil)
    #expect(kept.known(for: 2) != nil && kept.known(for: 3) != nil)
  }

  @Test func `what goes for other reasons counts no more`() {
    let budget = AnswerBudget(bytes: 1 << 20)
    var few: Kept<String, Int>? = kept(budget, limit: 1)
    _ = few?.value(for: "a") { 10_000 }
    _ = few?.value(for: "b") { 20_000 }
    #expect(budget.byteCount == 20_000)
    few = nil
    #expect(budget.byteCount == 0)
  }

  // MARK: Of a profile

  // In the deepest, each of ten thousand frames of a path would ask for an index that has gone.
  @Test(arguments: StrangeProfiles.names.filter { $0 != "deep-10000" })
  func `screens are the same however little is kept`(name: String) throws {
    let profile = StrangeProfiles.named(name)
    let keys = Self.randomKeys(60, seed: 77)
    let ample = try Self.screens(of: profile, keys, AnswerBudget(bytes: 1 << 40))
    let none = try Self.screens(of: profile, keys, AnswerBudget(bytes: 0, smallest: 0))
    for (index, (screen, wanted)) in zip(none, ample).enumerated() where screen != wanted {
      let screens = (screen + wanted).joined(separator: "\n")
      Issue.record("key \(index), \(keys[index].name):\n\(screens)")
      return
    }
    #expect(none.count == keys.count && ample.count == keys.count)
  }

  @Test func `after any keys what is kept is within the budget`() throws {
    var random = SplitMix(state: 5)
    let profile = random.largeProfile()
    let keys = Self.randomKeys(24, seed: 5)
    let ample = AnswerBudget(bytes: 1 << 40)
    var most = 0
    _ = try Self.screens(of: profile, keys, ample) { _ in most = max(most, ample.byteCount) }
    let limit = 3 << 20
    #expect(most > limit)
    let budget = AnswerBudget(bytes: limit)
    let next = kept(budget, limit: 1)
    _ = try Self.screens(of: profile, keys, budget) {
      // Trees may have grown since.
      _ = next.value(for: "\($0)") { AnswerBudget.smallest }
      #expect(budget.byteCount <= limit, "after key \($0)")
    }
  }

  private static func randomKeys(_ count: Int, seed: UInt64) -> [Key] {
    var generator = RandomKeysTests.SeededGenerator(state: seed)
    let names = "j j j k k 1 2 3 4 5 6 7 0 f x H p u u U a a Enter l o i E g G < > t S s n N m %"
    let choices = names.split(separator: " ").compactMap { Key(name: String($0)) }
    return (0..<count).map { _ in choices.randomElement(using: &generator) ?? .enter }
  }

  /// The screen after each key, as rows of text.
  private static func screens(
    of profile: Profile, _ keys: [Key], _ budget: AnswerBudget, after: (Int) -> Void = { _ in }
  ) throws -> [[String]] {
    let session = try ProfileSession(
      name: "test", profile: profile, escapes: EscapeAnswers(profile, budget: budget))
    var inspector = Inspector(
      source: ProfileSource(paths: ["test"]), size: GridSize(columns: 100, rows: 30))
    _ = inspector.handle(.loaded(session))
    return keys.enumerated().map { index, key in
      _ = inspector.handle(.input(.key(key)))
      defer { after(index) }
      return inspector.render().textRows
    }
  }
}
