import ProfileModel
import Synchronization

/// How much memory the answers about a profile, and about what refinements leave of it, may take
/// together: where it is more, those that were used least recently are dropped, to be made again when
/// they are asked for.
///
/// What an answer shares with the profile does not count. An answer that a view holds goes with the
/// view's hold on it. Usable from any thread.
package final class AnswerBudget: Sendable {
  /// In bytes.
  private let limit: Int
  private let smallest: Int
  private let uses = Atomic<Int>(0)
  private let answers = Mutex<[Reference]>([])

  /// What is dropped with its profile needs no word to the budget.
  private struct Reference: Sendable {
    weak let answer: (any BudgetedAnswer)?
  }

  /// Smaller ones are left to the limits of how many there are: to count them would take longer than
  /// it is worth. In bytes.
  static let smallest = 4096

  /// - Parameters:
  ///   - bytes: the most that answers may take; one is kept however large it is.
  ///   - smallest: what an answer takes at least that counts.
  package init(bytes: Int, smallest: Int = AnswerBudget.smallest) {
    limit = bytes
    self.smallest = smallest
  }

  /// What is in proportion to a profile: room for the trees and tables of some views of it.
  package convenience init(for profile: Profile) {
    self.init(bytes: max(profile.byteCount * 2, 32 << 20))
  }

  /// The time, in uses.
  func now() -> Int { uses.add(1, ordering: .relaxed).newValue }

  /// What all answers take, but for small ones, in bytes.
  var byteCount: Int {
    let held = answers.withLock { $0.compactMap(\.answer) }
    return held.reduce(0) { $0 + $1.byteCount }
  }

  /// Counts an answer that was made now, and drops others where it gets too much.
  ///
  /// - Complexity: O(*n*) in answers, as they may have grown, O(*n* log *n*) where some are dropped.
  func add(_ answer: any BudgetedAnswer) {
    guard answer.byteCount >= smallest else { return }
    let held = answers.withLock { references in
      references.append(Reference(answer: answer))
      let held = references.compactMap(\.answer)
      if held.count < references.count { references = held.map { Reference(answer: $0) } }
      return held
    }
    let gone = surplus(of: held, but: answer)
    guard !gone.isEmpty else { return }
    answers.withLock { references in
      references.removeAll { reference in gone.contains { $0 === reference.answer } }
    }
    for answer in gone { answer.drop() }
  }

  /// The answers used least recently without which the others keep to the limit.
  private func surplus(
    of held: [any BudgetedAnswer], but new: any BudgetedAnswer
  ) -> [any BudgetedAnswer] {
    let sizes = held.map(\.byteCount)
    var excess = sizes.reduce(-limit, +)
    guard excess > 0 else { return [] }
    var gone: [any BudgetedAnswer] = []
    // Others may use them meanwhile: each is asked once, so that there is one order.
    let oldest = zip(held.map(\.lastUse), held.indices).sorted { $0 < $1 }
    for (_, index) in oldest where held[index] !== new {
      guard excess > 0 else { break }
      excess -= sizes[index]
      gone.append(held[index])
    }
    return gone
  }
}

/// What is kept until a budget is used up.
protocol BudgetedAnswer: AnyObject, Sendable {
  /// What it takes by itself now, in bytes.
  var byteCount: Int { get }
  /// When it was asked for last, by the budget's `now()`.
  var lastUse: Int { get }
  /// Forgets it.
  func drop()
}
