import ProfileModel

extension Profile {
  /// The profile with other stacks.
  ///
  /// - Parameter rewrite: appends what is to become of the stack it is given, leaf first, and
  ///   answers whether the samples with that stack are kept. Called once for each stack.
  func rewritingStacks(
    _ rewrite: (UnsafeBufferPointer<LocationID>, inout ColumnBuilder<LocationID>) -> Bool
  ) -> Profile {
    var rewriting = StackRewriting(self)
    var cursor = StackCursor(stacks)
    var row = ColumnBuilder<LocationID>(capacity: 256)
    for stack in stacks.indices {
      cursor.move(to: stack)
      row.truncate(to: 0)
      let keeps = cursor.locations.withUnsafeBufferPointer { rewrite($0, &row) }
      rewriting.note(keeps ? row.count : nil, of: cursor.depth)
      if keeps {
        row.withElements(from: 0, count: row.count) { rewriting.stacks.append($0) }
      }
    }
    return rewriting.finish()
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
    var rewriting = StackRewriting(self)
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
      let shared = Int(kept) <= rewriting.stacks.sharableDepth ? Int(kept) : 0
      var left = locations.count &- keptCounts.count
      while left > 0 {
        left &-= 1
        kept &+= isHidden[locations[left].index] ? 0 : 1
        keptCounts.append(kept)
      }
      rewriting.note(kept > 0 ? Int(kept) : nil, of: locations.count)
      guard kept > 0 else { continue }
      let count = Int(kept) &- shared
      rewriting.stacks.append(sharing: shared, upTo: locations.count) { room in
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
    return rewriting.finish()
  }
}

/// The stacks of a profile that are written anew, one after the other, none with more frames.
private struct StackRewriting: ~Copyable {
  var stacks: StackTableBuilder
  private let profile: Profile
  private var isKept: [Bool] = []
  // As many frames as before are the same as before.
  private var isUnchanged = true

  init(_ profile: Profile) {
    self.profile = profile
    stacks = StackTableBuilder(stacks: profile.stacks.count)
    isKept.reserveCapacity(profile.stacks.count)
  }

  /// Notes how many frames the next stack has left, of how many; of one whose samples go, nil, and it
  /// is not to be appended.
  @inline(__always) mutating func note(_ depth: Int?, of oldDepth: Int) {
    isKept.append(depth != nil)
    if let depth {
      isUnchanged = isUnchanged && depth == oldDepth
    } else {
      stacks.appendUnused()
    }
  }

  /// The profile with these stacks, and with the samples that are kept.
  consuming func finish() -> Profile {
    let (profile, isKept, isUnchanged) = (profile, isKept, isUnchanged)
    let stackOfSample = profile.samples.stacks
    return profile.replacing(
      stacks: isUnchanged ? nil : stacks.finish(),
      samples: profile.samples.selecting { isKept[stackOfSample[$0].index] })
  }
}
