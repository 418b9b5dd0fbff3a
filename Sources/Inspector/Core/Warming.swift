import ProfileAnalysis
import Synchronization

/// Makes what is likely to be asked for next while the user reads, on a thread of its own.
///
/// What it makes is kept where whoever asks finds it, so that it makes no difference but in time. It
/// stops between two steps as soon as there is something to do.
final class Warming: Sendable {
  /// A piece of work; where it is long it asks in between whether it is still wanted.
  typealias Step = @Sendable (_ isWanted: () -> Bool) -> Void

  private struct State {
    var steps: ArraySlice<Step> = []
    /// Counts the times that other steps were taken.
    var round = 0
    var isRunning = false
  }

  private let state = Mutex(State())

  /// Trees of more stacks take more memory than should be taken unasked.
  static let mostStacksOfTrees = 1 << 22

  /// Takes other steps in place of those that are left; none to stop.
  ///
  /// - Returns: whether a thread is to be started for `run`.
  func take(_ steps: [Step]) -> Bool {
    state.withLock { state in
      state.steps = steps[...]
      state.round += 1
      guard !steps.isEmpty, !state.isRunning else { return false }
      state.isRunning = true
      return true
    }
  }

  /// Does one step after the other until none is left.
  func run() {
    while let (step, round) = next() {
      step { self.state.withLock { $0.round == round } }
    }
  }

  private func next() -> (Step, round: Int)? {
    state.withLock { state in
      guard let step = state.steps.popFirst() else {
        state.isRunning = false
        return nil
      }
      return (step, state.round)
    }
  }
}

extension Inspector {
  /// What the next keys are likely to need: the details of the rows beside the selected one, what
  /// the other views are made of, and rows of the next kind.
  var likelySteps: [Warming.Step] {
    guard let session, isLarge else { return [] }
    let layout = layout
    let context = context(session, layout)
    var steps: [Warming.Step] = []
    if layout.detail != nil {
      for node in panes[open].nextSelections(in: context) {
        steps.append { _ in _ = session.neighbours(of: node) }
      }
    }
    // Trees are large: those of parts of the profile may never be looked at.
    if session.refinements.isEmpty, session.whole.stacks.count <= Warming.mostStacksOfTrees {
      steps.append { session.layOutFlame(in: context, while: $0) }
    }
    let next = session.granularity.next
    return steps + [
      { _ in session.prepareSource() },
      { _ in session.prepareRows(next) },
      { _ in _ = session.escapes.tree(session, .byCause) },
    ]
  }
}

extension ProfileSession {
  /// Opens as much of the call tree as the flame shows at first; more than the tree does.
  fileprivate func layOutFlame(in context: PaneContext, while isWanted: () -> Bool) {
    var layout = FlameLayout(flameTree(), columns: context.size.columns)
    for row in 0..<max(context.bodyRows, 1) where !layout.isComplete {
      guard isWanted() else { return }
      layout.layOut(through: row)
    }
  }

  /// Makes what takes longest when source is shown.
  fileprivate func prepareSource() { _ = answers.nodes(.lines) }

  /// Makes the rows of a kind, as a list has them.
  fileprivate func prepareRows(_ granularity: Granularity) {
    var other = self
    other.show(granularity)
    other.prepare()
    _ = other.answers.nodesByName(granularity)
  }
}

extension Granularity {
  /// What a row is after this, where the user goes through all kinds.
  var next: Granularity {
    let order: [Granularity] = [
      .functions, .filefunctions, .files, .packages, .lines, .addresses,
    ]
    let index = order.firstIndex(of: self) ?? 0
    return order[(index + 1) % order.count]
  }
}
