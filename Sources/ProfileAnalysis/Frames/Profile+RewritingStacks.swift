import ProfileModel

extension Profile {
  /// The profile with other stacks.
  ///
  /// - Parameter rewrite: appends what is to become of the stack it is given, leaf first, and
  ///   answers whether the samples with that stack are kept. Called once for each stack.
  func rewritingStacks(
    _ rewrite: (UnsafeBufferPointer<LocationID>, inout ColumnBuilder<LocationID>) -> Bool
  ) -> Profile {
    var starts = ColumnBuilder<UInt32>(capacity: stacks.count + 1)
    var locations = ColumnBuilder<LocationID>(capacity: stacks.locations.count)
    var isKept: [Bool] = []
    isKept.reserveCapacity(stacks.count)
    starts.append(0)
    stacks.locations.withContiguousStorageIfAvailable { old in
      for stack in 0..<stacks.count {
        let start = locations.count
        let range = stacks.range(of: StackID(stack))
        let keeps = rewrite(UnsafeBufferPointer(rebasing: old[range]), &locations)
        if !keeps { locations.truncate(to: start) }
        isKept.append(keeps)
        starts.append(UInt32(locations.count))
      }
    }
    // Nothing here adds frames, so as many as before are the same as before.
    let isUnchanged = locations.count == stacks.locations.count
    let table = StackTable(starts: starts.finish(), locations: locations.finish())
    let stackOfSample = samples.stacks
    return replacing(
      stacks: isUnchanged ? nil : table,
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
