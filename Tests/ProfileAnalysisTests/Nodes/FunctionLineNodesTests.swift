import ProfileAnalysis
import ProfileModel
import TestSupport
import Testing

struct FunctionLineNodesTests {
  /// What tells a node apart where rows are lines of functions.
  private struct Place: Hashable {
    var name: StringID
    var file: StringID
    var line: Int64
  }

  @Test(arguments: [Granularity.lines, .filefunctions])
  func `nodes are told apart by name, file and line, however many lines a function has`(
    granularity: Granularity
  ) {
    var random = SplitMix(state: 4)
    var builder = ProfileBuilder(sampleTypes: ("cpu", "count"))
    for _ in 0..<2000 {
      // Functions of one name in two files, and some with many lines.
      let function = random.next(below: 6)
      let lines = function < 2 ? 400 : 5
      let frame = "f\(function)@x\(random.next(below: 2)).go:\(random.next(below: lines))"
      builder.addSample(builder.locations(frame), values: [1])
    }
    let profile = builder.finish()
    let nodes = NodeTable(profile, granularity: granularity)
    var known: [Place: NodeID] = [:]
    for location in profile.locations.indices.map({ LocationID($0) }) {
      for (line, node) in zip(profile.locations.lines(of: location), nodes[location]) {
        let place = Place(
          name: profile.functions.names[line.function.index],
          file: profile.functions.filenames[line.function.index],
          line: granularity == .lines ? line.line : 0)
        #expect(known[place] ?? node == node)
        known[place] = node
        #expect(nodes.names[node.index] == place.name && nodes.files[node.index] == place.file)
        #expect(nodes.lines[node.index] == place.line)
      }
    }
    #expect(Set(known.values).count == known.count && known.count == nodes.count)
  }
}
