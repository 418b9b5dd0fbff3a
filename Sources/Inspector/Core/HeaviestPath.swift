import ProfileAnalysis
import ProfileModel

/// Where in the call tree a symbol is best looked for.
enum HeaviestPath {
  /// The nodes of the stack with the largest value that has `node`, from the innermost frame out; none
  /// where no stack has it.
  ///
  /// - Complexity: O(*n*) in the frames of all samples.
  static func stack(
    with node: NodeID, _ profile: Profile, _ nodes: NodeTable, values: Column<Int64>
  ) -> [NodeID] {
    let isHit = nodes.locations { $0 == node }
    let weights = StackWeights.compute(profile, values: values)
    guard let stack = heaviest(profile.stacks, weights, where: isHit) else { return [] }
    var path: [NodeID] = []
    for location in profile.stacks[stack] { path.append(contentsOf: nodes[location]) }
    return path
  }

  private static func heaviest(
    _ stacks: StackTable, _ weights: Column<Int64>, where isHit: Column<Bool>
  ) -> StackID? {
    let found = stacks.stacks(where: isHit)
    let (isFound, weights) = (found.span, weights.span)
    var best: StackID?
    var bestWeight: UInt64 = 0
    for stack in weights.indices where isFound[stack] && weights[stack].magnitude > bestWeight {
      best = StackID(stack)
      bestWeight = weights[stack].magnitude
    }
    return best
  }
}
