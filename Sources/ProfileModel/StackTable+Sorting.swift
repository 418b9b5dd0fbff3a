extension StackTable {
  /// A table's stacks in an order in which neighbours share as much as they can.
  package struct Sorted: Sendable {
    /// Each stack once.
    package let table: StackTable
    /// By stack of the table that was sorted, which it is in `table`.
    package let ids: Column<StackID>
  }

  /// The same stacks, each once, with those that begin alike at the root next to each other: they
  /// share the most there is to share, so that less is kept of each.
  ///
  /// - Returns: nil where the table is made of another one.
  /// - Complexity: O(*n*) in what stacks do not share in this table, and in the places where they part.
  package func sorted() -> Sorted? {
    guard changedLocations.isEmpty else { return nil }
    var sorter = StackSorter(self)
    sorter.sort()
    return sorter.finish()
  }
}

/// Sorts stacks from the root on: groups that have so many locations in common are split by the next.
private struct StackSorter: ~Copyable {
  /// Stacks one after the other in the old table that have all locations in common down to the one
  /// that is looked at.
  private struct Segment: BitwiseCopyable {
    var first: UInt32
    var end: UInt32
    /// How many own locations of the first stack were not looked at.
    var left: UInt32
    /// The one that was looked at last.
    var location = LocationID.none
  }

  /// Segments that have `depth` locations in common, of which those of a group are the last.
  private struct Group: BitwiseCopyable {
    var segments: UInt32
    var depth: UInt32
    /// How many of them its first stack has in common with the one that is written before it.
    var shared: UInt32
    var location = LocationID.none
  }

  private let stacks: StackTable
  private var builder: StackTableBuilder
  private var ids: ColumnBuilder<StackID>
  /// The segments of all groups that are not done, those of the next one last.
  private var segments = ColumnBuilder<Segment>()
  private var groups = ColumnBuilder<Group>()
  /// What the group that is looked at has in common, from the root on.
  private var path = ColumnBuilder<LocationID>()
  /// The segments of the group at its next location.
  private var parts = ColumnBuilder<Segment>()
  /// By location, which of `found` it is; `.max` for most.
  private var numbers: ColumnBuilder<UInt32>
  /// The locations by which the group is split, and where the segments of each are put.
  private var found = ColumnBuilder<LocationID>()
  private var places = ColumnBuilder<UInt32>()

  init(_ stacks: StackTable) {
    self.stacks = stacks
    builder = StackTableBuilder(stacks: stacks.count)
    ids = ColumnBuilder(capacity: stacks.count)
    ids.append(repeating: .none, count: stacks.count)
    let highest = stacks.ownLocations.reduce(0) { Swift.max($0, $1.rawValue) }
    numbers = ColumnBuilder(capacity: Int(highest) + 1)
    numbers.append(repeating: .max, count: Int(highest) + 1)
  }

  consuming func finish() -> StackTable.Sorted {
    StackTable.Sorted(table: builder.finish(), ids: ids.finish())
  }

  mutating func sort() {
    guard stacks.count > 0 else { return }
    segments.append(segment(from: 0, to: UInt32(truncatingIfNeeded: stacks.count)))
    groups.append(Group(segments: 0, depth: 0, shared: 0))
    while groups.count > 0 {
      var group = groups[groups.count - 1]
      groups.truncate(to: groups.count - 1)
      if group.depth > 0 { setPath(group.location, at: Int(group.depth) - 1) }
      while goDown(&group) {}
    }
  }

  /// Looks at the next location of a group's stacks, and splits it where they part there.
  ///
  /// - Returns: whether the group is still in one piece.
  private mutating func goDown(_ group: inout Group) -> Bool {
    let start = Int(group.segments)
    if segments.count &- start == 1 {
      let segment = segments[start]
      if segment.end &- segment.first == 1 {
        segments.truncate(to: start)
        ids[Int(segment.first)] = write(segment, group)
        return false
      }
    }
    takeParts(&group)
    segments.truncate(to: start)
    guard parts.count > 0 else { return false }
    let location = parts[0].location
    for index in 0..<parts.count where parts[index].location != location {
      split(group)
      return false
    }
    parts.withElements(from: 0, count: parts.count) { segments.append(contentsOf: $0) }
    setPath(location, at: Int(group.depth))
    group.depth &+= 1
    return true
  }

  /// Cuts the group's segments where stacks part, and writes those that end here.
  private mutating func takeParts(_ group: inout Group) {
    parts.truncate(to: 0)
    var ended = StackID.none
    for index in Int(group.segments)..<segments.count {
      var segment = segments[index]
      let end = segment.end
      while true {
        var next = segment.first &+ 1
        while next < end, UInt32(stacks.sharedDepths[Int(next)]) > group.depth { next &+= 1 }
        segment.end = next
        if segment.left > 0 {
          segment.left &-= 1
          segment.location =
            stacks.ownLocations[Int(stacks.starts[Int(segment.first)] &+ segment.left)]
          parts.append(segment)
        } else {
          if ended.isNone {
            ended = write(segment, group)
            group.shared = group.depth
          }
          // No other of the segment goes on either: it would not have the first one's locations.
          ids[Int(segment.first)] = ended
        }
        if next == end { break }
        segment = self.segment(from: next, to: end)
      }
    }
  }

  /// Makes a group of the parts of each location, the first one found to be the next.
  private mutating func split(_ group: Group) {
    found.truncate(to: 0)
    places.truncate(to: 0)
    for index in 0..<parts.count {
      let location = parts[index].location
      let number = numbers[location.index]
      if number == .max {
        numbers[location.index] = UInt32(truncatingIfNeeded: found.count)
        found.append(location)
        places.append(1)
      } else {
        places[Int(number)] &+= 1
      }
    }
    // The group that comes first stands last.
    var end = UInt32(truncatingIfNeeded: segments.count &+ parts.count)
    for index in 0..<found.count {
      let count = places[index]
      places[index] = end
      end &-= count
    }
    segments.append(repeating: Segment(first: 0, end: 0, left: 0), count: parts.count)
    var index = parts.count
    while index > 0 {
      index &-= 1
      let number = Int(numbers[parts[index].location.index])
      places[number] &-= 1
      segments[Int(places[number])] = parts[index]
    }
    index = found.count
    while index > 0 {
      index &-= 1
      numbers[found[index].index] = .max
      groups.append(
        Group(
          segments: places[index], depth: group.depth &+ 1,
          shared: index == 0 ? group.shared : group.depth, location: found[index]))
    }
  }

  /// Writes the first stack of a segment of the group.
  private mutating func write(_ segment: Segment, _ group: Group) -> StackID {
    let id = StackID(builder.count)
    let depth = Int(group.depth &+ segment.left)
    let shared = min(Int(group.shared), builder.sharableDepth)
    let own = stacks.own(of: Int(segment.first)).span
    let count = depth &- shared
    let ownCount = min(own.count, count)
    builder.append(sharing: shared, upTo: count) { room in
      for index in 0..<ownCount { room[index] = own[index] }
      for index in ownCount..<count { room[index] = path[depth &- 1 &- index] }
      return count
    }
    return id
  }

  private mutating func setPath(_ location: LocationID, at depth: Int) {
    if depth == path.count { path.append(location) } else { path[depth] = location }
  }

  @inline(__always) private func segment(from first: UInt32, to end: UInt32) -> Segment {
    let left = stacks.ends[Int(first)] &- stacks.starts[Int(first)]
    return Segment(first: first, end: end, left: left)
  }
}

extension Profile {
  /// The same samples, in the same order, with stacks of which less has to be kept: see
  /// `StackTable.sorted()`. The same profile where they cannot be sorted.
  public func sortingStacks() -> Profile {
    guard let sorted = stacks.sorted() else { return self }
    var sampleStacks = ColumnBuilder<StackID>(capacity: samples.count)
    for stack in samples.stacks { sampleStacks.append(sorted.ids[stack.index]) }
    return replacing(
      stacks: sorted.table, samples: samples.replacing(stacks: sampleStacks.finish()))
  }
}
