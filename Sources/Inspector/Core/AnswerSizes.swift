import ProfileAnalysis
import ProfileModel

// What answers take, in bytes.

extension NodeTable {
  /// But for strings, where they are those of a profile.
  func byteCount(besides others: StringTable) -> Int {
    let own = strings.allBytes.isSame(as: others.allBytes) ? 0 : strings.byteCount
    return own + names.byteCount + files.byteCount + lines.byteCount + columns.byteCount
      + addresses.byteCount + objectFiles.byteCount + startLines.byteCount
      + locationStarts.byteCount + locationNodes.byteCount
  }
}

extension NodeTotals {
  var byteCount: Int { flat.byteCount + cumulative.byteCount }
}

extension Neighbours {
  var byteCount: Int { (callers.count + callees.count) * MemoryLayout<Call>.stride }
}

extension LabelBreakdown {
  var byteCount: Int { symbols.count * MemoryLayout<Neighbours.Call>.stride }
}

extension RankedNodes {
  var byteCount: Int {
    nodes.count * MemoryLayout<NodeID>.stride + ranks.count * MemoryLayout<UInt32>.stride
  }
}
