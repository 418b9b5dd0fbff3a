import ProfileAnalysis
import ProfileModel

/// The name of each node of a table, escaped once: stacks repeat names many times.
struct EscapedNames {
  private var bytes: [UInt8] = []
  private var starts: [Int] = [0]

  /// The names in reports of all nodes.
  ///
  /// - Parameter isBare: whether a function's name stands without its file, line and address.
  init(of nodes: NodeTable, as escape: TextEscape, isBare: Bool = false) {
    starts.reserveCapacity(nodes.count + 1)
    var name: [UInt8] = []
    for index in nodes.indices {
      name.removeAll(keepingCapacity: true)
      if isBare, nodes.names[index] != .empty {
        name.append(nodes.names[index], of: nodes.strings)
      } else {
        nodes.appendPrintableName(of: NodeID(index), to: &name)
      }
      name.withUnsafeBufferPointer { escape.append($0, to: &bytes) }
      starts.append(bytes.count)
    }
  }

  /// Writes the node's name.
  func write(_ node: NodeID, to output: inout OutputBuffer) {
    bytes.withUnsafeBufferPointer {
      output.write(UnsafeBufferPointer(rebasing: $0[starts[node.index]..<starts[node.index + 1]]))
    }
  }
}
