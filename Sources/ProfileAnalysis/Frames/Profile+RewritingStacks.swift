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
    replacing(stacks: stacks.leavingOut(where: isHidden)).leavingOutEmptySamples()
  }

  /// The profile without the samples that have no frames.
  ///
  /// - Complexity: O(*n*) in samples.
  func leavingOutEmptySamples() -> Profile {
    guard stacks.hasEmpty else { return self }
    let (stacks, stackOfSample) = (stacks, samples.stacks)
    return replacing(samples: samples.selecting { stacks.depth(of: stackOfSample[$0]) > 0 })
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
