import ProfileModel

extension Profile {
  /// The profile with other stacks.
  ///
  /// - Parameter rewrite: appends what is to become of the stack it is given, leaf first, and
  ///   answers whether the samples with that stack are kept. Called once for each stack.
  func rewritingStacks(
    _ rewrite: (UnsafeBufferPointer<LocationID>, inout ColumnBuilder<LocationID>) -> Bool
  ) -> Profile {
    var rewritten = StackTableBuilder(stacks: stacks.count)
    var isKept: [Bool] = []
    isKept.reserveCapacity(stacks.count)
    // Nothing here adds frames, so as many as before are the same as before.
    var isUnchanged = true
    var cursor = StackCursor(stacks)
    var row = ColumnBuilder<LocationID>(capacity: 256)
    for stack in stacks.indices {
      cursor.move(to: stack)
      row.truncate(to: 0)
      let keeps = cursor.locations.withUnsafeBufferPointer { rewrite($0, &row) }
      isKept.append(keeps)
      if keeps {
        isUnchanged = isUnchanged && row.count == cursor.depth
        row.withElements(from: 0, count: row.count) { rewritten.append($0) }
      } else {
        rewritten.appendUnused()
      }
    }
    let stackOfSample = samples.stacks
    return replacing(
      stacks: isUnchanged ? nil : rewritten.finish(),
      samples: samples.selecting { isKept[stackOfSample[$0].index] })
  }

  /// The profile with each stack cut to what `range` answers, nil for stacks whose samples go.
  func cuttingStacks(to range: (UnsafeBufferPointer<LocationID>) -> Range<Int>?) -> Profile {
    rewritingStacks { stack, result in
      guard let range = range(stack) else { return false }
      result.append(contentsOf: UnsafeBufferPointer(rebasing: stack[range]))
      return true
    }
  }
}

extension Profile {
  /// The profile without the frames at locations that are hidden, and without the samples of which
  /// nothing is left.
  ///
  /// - Parameter isHidden: by location.
  /// - Complexity: O(*n*) in what neighbouring stacks do not share.
  func leavingOutFrames(where isHidden: Column<Bool>) -> Profile {
    var rewritten = StackTableBuilder(stacks: stacks.count)
    var isKept: [Bool] = []
    isKept.reserveCapacity(stacks.count)
    var isUnchanged = true
    var cursor = StackCursor(stacks)
    // By depth from the root, how many locations of the stack are kept down to there.
    var keptCounts = ColumnBuilder<UInt32>(capacity: 256)
    let isHidden = isHidden.span
    for stack in stacks.indices {
      cursor.move(to: stack)
      let locations = cursor.locations
      keptCounts.truncate(to: cursor.shared)
      var kept = keptCounts.count == 0 ? 0 : keptCounts[keptCounts.count &- 1]
      // What is kept of that stands in the last stack that was written: of others, nothing is kept.
      let shared = Int(kept) <= rewritten.sharableDepth ? Int(kept) : 0
      var left = locations.count &- keptCounts.count
      while left > 0 {
        left &-= 1
        kept &+= isHidden[locations[left].index] ? 0 : 1
        keptCounts.append(kept)
      }
      isKept.append(kept > 0)
      isUnchanged = isUnchanged && Int(kept) == locations.count
      guard kept > 0 else {
        rewritten.appendUnused()
        continue
      }
      let count = Int(kept) &- shared
      rewritten.append(sharing: shared, upTo: locations.count) { room in
        var written = 0
        var position = 0
        // `count` of the locations are not hidden and not shared, those nearest to the leaf.
        while written < count {
          let location = locations[position]
          room[written] = location
          written &+= isHidden[location.index] ? 0 : 1
          position &+= 1
        }
        return count
      }
    }
    let stackOfSample = samples.stacks
    return replacing(
      stacks: isUnchanged ? nil : rewritten.finish(),
      samples: samples.selecting { isKept[stackOfSample[$0].index] })
  }
}
