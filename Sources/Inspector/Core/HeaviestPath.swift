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
    guard let stack = heaviest(profile, weights, where: isHit) else { return [] }
    var path: [NodeID] = []
    for location in profile.stacks[stack] { path.append(contentsOf: nodes[location]) }
    return path
  }

  /// The first among the samples, of several of the same weight: stacks may have any order.
  private static func heaviest(
    _ profile: Profile, _ weights: Column<Int64>, where isHit: Column<Bool>
  ) -> StackID? {
    let found = profile.stacks.stacks(where: isHit)
    let (isFound, weights) = (found.span, weights.span)
    var best: StackID?
    var bestWeight: UInt64 = 0
    var isOnly = true
    for stack in weights.indices where isFound[stack] && weights[stack] != 0 {
      let weight = weights[stack].magnitude
      if weight < bestWeight { continue }
      isOnly = weight > bestWeight
      best = StackID(stack)
      bestWeight = weight
    }
    if isOnly { return best }
    for stack in profile.samples.stacks
    where isFound[stack.index] && weights[stack.index].magnitude == bestWeight { return stack }
    return best
  }
}
