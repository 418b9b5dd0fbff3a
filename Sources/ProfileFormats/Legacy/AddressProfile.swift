import ProfileModel

/// A profile of the old formats while it is read: stacks of bare addresses, which a memory map, and
/// sometimes a list of names, explain at the end of the file.
struct AddressProfile: ~Copyable {
  var header: ProfileHeader
  /// The distinct addresses, in the order in which samples name them.
  private(set) var addresses: [UInt64] = []
  private var indices: [UInt64: UInt32] = [:]
  /// The source line of each address, nil where nothing gives one.
  private(set) var lines: [Line?] = []

  private(set) var strings = StringTableBuilder()
  private(set) var functions: [FunctionKey] = []
  private var functionIDs: [FunctionKey: FunctionID] = [:]

  /// Where in `frames` each stack starts, and the end of the last.
  private(set) var starts: [Int] = [0]
  /// Indices in `addresses`, leaf first.
  private(set) var frames: [UInt32] = []
  private(set) var values: [[Int64]]
  private(set) var labelSets = LabelTableBuilder()
  private(set) var sampleLabels: [LabelSetID] = []

  struct FunctionKey: Hashable {
    var name: StringID
    var file: StringID
  }

  init(header: ProfileHeader) {
    self.header = header
    values = Array(repeating: [], count: header.sampleTypes.count)
  }

  var sampleCount: Int { starts.count - 1 }

  /// The frames of the sample, as indices in `addresses`, leaf first.
  func stack(_ sample: Int) -> ArraySlice<UInt32> { frames[starts[sample]..<starts[sample + 1]] }

  /// The index of the address, which is new or known.
  mutating func index(of address: UInt64) -> UInt32 {
    if let index = indices[address] { return index }
    let index = UInt32(truncatingIfNeeded: addresses.count)
    addresses.append(address)
    lines.append(nil)
    indices[address] = index
    return index
  }

  /// The index of the address, nil where no sample names it.
  func knownIndex(of address: UInt64) -> UInt32? { indices[address] }

  /// - Parameter stack: indices that `index(of:)` gave, leaf first.
  mutating func addSample(_ stack: [UInt32], values: [Int64], labels: [Label] = []) {
    precondition(values.count == self.values.count, "a value for each sample type")
    frames.append(contentsOf: stack)
    starts.append(frames.count)
    for (column, value) in values.enumerated() { self.values[column].append(value) }
    sampleLabels.append(labelSets.intern(labels))
  }

  /// Adds to a value of the last sample, if there is one.
  mutating func addToLastSample(_ value: Int64) {
    guard sampleCount > 0 else { return }
    values[0][sampleCount - 1] &+= value
  }

  /// Sets the labels of the last sample, if there is one.
  mutating func labelLastSample(_ labels: [Label]) {
    guard sampleCount > 0 else { return }
    sampleLabels[sampleCount - 1] = labelSets.intern(labels)
  }

  mutating func string(_ string: String) -> StringID { strings.intern(string) }
  mutating func string(_ slice: TextSlice) -> StringID { strings.intern(slice) }

  /// The function with the name and file, added where it is new.
  mutating func function(_ name: StringID, file: StringID) -> FunctionID {
    let key = FunctionKey(name: name, file: file)
    if let id = functionIDs[key] { return id }
    let id = FunctionID(functions.count)
    functions.append(key)
    functionIDs[key] = id
    return id
  }

  mutating func setLine(_ line: Line, of index: UInt32) { lines[Int(index)] = line }

  /// Takes frames out of stacks: the one at `position` wherever `isUnwanted` says so of the stack.
  mutating func removeFrames(at position: Int, where isUnwanted: (ArraySlice<UInt32>) -> Bool) {
    var kept = 0
    var start = 0
    for sample in 0..<sampleCount {
      let end = starts[sample + 1]
      let stack = frames[start..<end]
      let dropsFrame = stack.count > position && isUnwanted(stack)
      let dropped = dropsFrame ? start + position : -1
      for index in start..<end where index != dropped {
        frames[kept] = frames[index]
        kept += 1
      }
      start = end
      starts[sample + 1] = kept
    }
    frames.removeLast(frames.count - kept)
  }

  /// Cuts the last stack to `range`, counted from its leaf.
  mutating func cutLastStack(to range: Range<Int>) {
    guard sampleCount > 0 else { return }
    let start = starts[sampleCount - 1]
    let stack = Array(frames[(start + range.lowerBound)..<(start + range.upperBound)])
    frames.removeLast(frames.count - start)
    frames.append(contentsOf: stack)
    starts[sampleCount] = frames.count
  }
}
