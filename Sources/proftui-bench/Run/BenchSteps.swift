import Inspector
import ProfileAnalysis
import ProfileFormats
import ProfileModel
import TerminalUI

/// One step of the work, measured alone.
struct BenchStep: Sendable {
  /// The name in the table.
  let name: String
  /// Makes ready what the step starts from, and returns the step: what it returns is what it keeps.
  let prepare: @Sendable (BenchSubject) throws -> () throws -> Any

  init(_ name: String, prepare: @escaping @Sendable (BenchSubject) throws -> () throws -> Any) {
    self.name = name
    self.prepare = prepare
  }
}

/// The steps from bytes to answers, in the order in which they follow one another.
///
/// To add one, write it here, and its budget in `Budgets`.
enum BenchSteps {
  static let all: [BenchStep] = [
    // What no reader can be faster than: inflate the bytes and touch each of them once.
    BenchStep("limit") { subject in
      { BenchSubject.sumOfVarints(try BenchSubject.inflate(subject.compressed)) }
    },
    BenchStep("inflate") { subject in { try BenchSubject.inflate(subject.compressed) } },
    BenchStep("decode") { subject in { try ProfileFormats.decode(subject.inflated) } },
    BenchStep("load") { subject in { try ProfileFormats.decode(subject.compressed) } },
    BenchStep("sort") { subject in { subject.profile.sortingStacks() } },
    BenchStep("nodes") { subject in { NodeTable(subject.profile, granularity: .functions) } },
    BenchStep("totals") { subject in
      let nodes = subject.nodes
      return { NodeTotals.compute(subject.profile, nodes: nodes, values: subject.values) }
    },
    BenchStep("marks") { subject in
      let nodes = subject.nodes
      let totals = NodeTotals.compute(subject.profile, nodes: nodes, values: subject.values)
      let isKept = totals.cumulative.map { $0.magnitude >= totals.total.magnitude / 200 }
      return {
        InlineMarks.compute(
          subject.profile, nodes: nodes, values: subject.values, isKept: isKept,
          minimumWeight: totals.total / 1000)
      }
    },
    BenchStep("call tree, hot path") { subject in
      let nodes = subject.nodes
      return {
        let tree = CallTree(subject.profile, nodes: nodes, values: subject.values)
        _ = tree.hotPath()
        return tree
      }
    },
    BenchStep("call tree, inverted") { subject in
      let nodes = subject.nodes
      return {
        let tree = CallTree(
          subject.profile, nodes: nodes, values: subject.values, options: .init(isInverted: true))
        _ = tree.hotPath()
        return tree
      }
    },
    BenchStep("call tree, all") { subject in
      let nodes = subject.nodes
      return {
        let tree = CallTree(subject.profile, nodes: nodes, values: subject.values)
        var unopened: [CallTreeID] = [.root]
        while let frame = unopened.popLast() { unopened += tree.children(of: frame) }
        return tree
      }
    },
    BenchStep("flame layout") { subject in
      let nodes = subject.nodes
      return {
        let tree = CallTree(subject.profile, nodes: nodes, values: subject.values)
        var layout = FlameLayout(tree, columns: 200)
        layout.layOutAll()
        return layout
      }
    },
    BenchStep("focus") { try filtering($0) { $0.focus = subjectPattern } },
    BenchStep("hide") { try filtering($0) { $0.hide = subjectPattern } },
    BenchStep("diff") { subject in
      { try ProfileComparison(base: subject.profile, other: subject.profile) }
    },
    BenchStep("granularity") { subject in
      { NodeTable(subject.profile, granularity: .lines) }
    },
    BenchStep("frame") { subject in
      let inspector = try subject.inspector()
      return { inspector.render() }
    },
    BenchStep("key") { subject in
      var inspector = try subject.inspector()
      return {
        _ = inspector.handle(.input(.key(.character("j"))))
        return inspector.render()
      }
    },
  ]

  /// What is in some names of generated profiles, and in the stacks of most.
  private static let subjectPattern = "net|store"

  private static func filtering(
    _ subject: BenchSubject, _ set: (inout FilterOptions) -> Void
  ) throws -> () throws -> Any {
    var options = FilterOptions()
    set(&options)
    return { try FilteredProfile(subject.profile, options) }
  }
}
