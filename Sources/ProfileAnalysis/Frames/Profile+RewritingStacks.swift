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

extension ColumnBuilder {
  /// Appends the elements that `isKept` answers true for, and returns how many they are.
  @inline(__always)
  mutating func append(
    contentsOf elements: UnsafeBufferPointer<Element>, where isKept: (Element) -> Bool
  ) -> Int {
    let before = count
    append(upTo: elements.count) { room in
      var kept = 0
      for element in elements {
        // No more are kept than there are, for which room was made.
        room[kept] = element
        kept &+= isKept(element) ? 1 : 0
      }
      return kept
    }
    return count - before
  }
}
