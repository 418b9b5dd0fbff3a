import GoBinary
import ProfileModel

/// Goes through the samples of a profile and finds out about each; equal findings become one.
struct FindingCollector {
  private let profile: Profile
  private let sizeKey: StringID?
  private var findings: [EscapeFinding] = []
  private var known: [EscapeFinding: UInt32] = [:]
  private var ofSamples: [UInt32] = []

  init(_ profile: Profile) {
    self.profile = profile
    sizeKey = profile.strings.id(of: "bytes")
  }

  consuming func finish() -> ([EscapeFinding], Column<UInt32>) { (findings, Column(ofSamples)) }

  private mutating func add(_ finding: EscapeFinding) {
    ofSamples.append(index(of: finding))
  }

  private mutating func index(of finding: EscapeFinding) -> UInt32 {
    if let index = known[finding] { return index }
    let index = UInt32(truncatingIfNeeded: findings.count)
    findings.append(finding)
    known[finding] = index
    return index
  }

  // MARK: Time

  mutating func addTime() {
    var causes = TimeCauses(profile)
    // By leaf, the finding of all stacks with it, where it alone decides; `.max` where not known.
    var ofLeaves = [UInt32](repeating: .max, count: profile.locations.count)
    var ofPlaces: [TimeKey: UInt32] = [:]
    let leaves = profile.stacks.leaves()
    var cursor = StackCursor(profile.stacks)
    ofSamples.reserveCapacity(profile.samples.count)
    let leafCount = Self.count(leaves, below: profile.locations.count)
    findings.reserveCapacity(leafCount)
    ofPlaces.reserveCapacity(leafCount)
    for stack in profile.samples.stacks {
      let leaf = leaves[stack.index]
      if !leaf.isNone, ofLeaves[leaf.index] != .max {
        ofSamples.append(ofLeaves[leaf.index])
        continue
      }
      let locations = cursor.locations(of: stack)
      let told = causes.told(by: locations)
      let key = TimeKey(
        place: told.place ?? self.place(of: locations), cause: told.cause,
        callee: told.function.map { profile.functions.names[$0.index] })
      var index = UInt32(truncatingIfNeeded: findings.count)
      if let known = ofPlaces[key] {
        index = known
      } else {
        ofPlaces[key] = index
        findings.append(finding(of: key))
      }
      if !leaf.isNone, told.isOfLeaf { ofLeaves[leaf.index] = index }
      ofSamples.append(index)
    }
  }

  /// How many different locations there are among the leaves: about as many places.
  private static func count(_ leaves: Column<LocationID>, below count: Int) -> Int {
    var isLeaf = [Bool](repeating: false, count: count)
    for leaf in leaves where !leaf.isNone { isLeaf[leaf.index] = true }
    return isLeaf.count { $0 }
  }

  /// All that tells a finding about time from others.
  private struct TimeKey: Hashable {
    let function: FunctionID?
    let line: Int64
    let cause: EscapeCause?
    let callee: StringID?

    init(place: Line?, cause: EscapeCause?, callee: StringID?) {
      (function, line) = (place?.function, place?.line ?? 0)
      (self.cause, self.callee) = (cause, callee)
    }
  }

  private func finding(of key: TimeKey) -> EscapeFinding {
    var finding = EscapeFinding()
    (finding.function, finding.line) = (key.function, key.line)
    finding.cause = key.cause
    finding.callee = key.callee.map { profile.strings[$0] } ?? ""
    if key.cause != nil { finding.causeTier = .frames }
    return finding
  }

  // MARK: Two builds

  /// Takes over what is known of samples elsewhere, at the places that the profile has for them.
  mutating func addUnion(_ known: (_ sample: Int) -> EscapeFinding?) {
    var cursor = StackCursor(profile.stacks)
    for sample in profile.samples.indices {
      var finding = known(sample) ?? EscapeFinding()
      (finding.function, finding.line) = (nil, 0)
      place(&finding, cursor.locations(of: profile.samples.stacks[sample]))
      add(finding)
    }
  }

  // MARK: Memory

  mutating func addAllocations(_ inputs: EscapeInputs) -> EscapeEvidence.BinaryVerdict {
    var verdict = EscapeEvidence.BinaryVerdict.absent
    if let executable = inputs.executable {
      var reader = AllocationReader(executable)
      addAllocations(inputs) { stack, size in
        reader.allocation(of: stack, objectSize: size)
      }
      let (matching, compared) = (reader.matchingLeaves, reader.comparedLeaves)
      let share = Double(matching) / Double(max(compared, 1))
      guard compared == 0 || share < EscapeEvidence.matchingShare else {
        return .used(matching: matching, compared: compared)
      }
      verdict = .refused(matching: matching, compared: compared)
      (findings, known, ofSamples) = ([], [:], [])
    }
    addAllocations(inputs) { _, _ in nil }
    return verdict
  }

  private mutating func addAllocations(
    _ inputs: EscapeInputs, read: (ProfileStack, UInt64) -> Allocation?
  ) {
    let places = inputs.executable.map { ExecutablePlaces($0.image, profile) }
    var frames = FrameEvidence(profile)
    var lines = SourceLineEvidence(inputs.sourceLines)
    var join = inputs.compilerLog.map { CompilerJoin($0, profile) }
    var sizes: LineSizes?
    var cursor = StackCursor(profile.stacks)
    for sample in profile.samples.indices {
      let locations = cursor.locations(of: profile.samples.stacks[sample])
      let stack = ProfileStack(profile: profile, locations: locations, places: places)
      var finding = EscapeFinding()
      place(&finding, locations)
      if let allocation = read(stack, objectSize(ofSample: sample)) {
        finding.take(allocation)
      }
      if let leaf = locations.first { join?.explain(&finding, leaf: leaf) }
      dropUnsure(&finding, size: objectSize(ofSample: sample), &lines, &sizes)
      // Functions that allocate in one way only tell more surely than their lines.
      frames.completeByLeaf(&finding)
      if finding.cause == nil {
        if stack.isOfRuntimeAlone {
          frames.completeByStack(&finding, stack)
        } else {
          claim(&finding, size: objectSize(ofSample: sample), &lines, &sizes)
        }
      }
      if finding.reason == nil, finding.cause?.isAlwaysOnHeap == true {
        finding.reason = .alwaysOnHeap
      }
      add(finding)
    }
  }

  /// Takes back what the compiler's log says of a line where a map may grow as well.
  ///
  /// The log has no lines for maps that grow. Where no source is at hand to tell, a line that boxes
  /// values and has objects of several sizes is likely to assign them to a map.
  private func dropUnsure(
    _ finding: inout EscapeFinding, size: UInt64, _ lines: inout SourceLineEvidence,
    _ sizes: inout LineSizes?
  ) {
    guard finding.causeTier == .compilerLog, size > LineConstruct.largestBox,
      let function = finding.function
    else { return }
    let constructs = place(of: finding).flatMap { lines.constructs(at: $0) } ?? []
    if !constructs.contains(where: { $0.cause == .mapgrow }) {
      guard finding.cause == .iface else { return }
      let known = sizes ?? LineSizes(profile) { objectSize(ofSample: $0) }
      sizes = known
      guard known[function, finding.line].count > 1 else { return }
    }
    (finding.cause, finding.causeTier, finding.reason) = (nil, .none, nil)
    (finding.match, finding.expression) = (nil, "")
  }

  /// Fills in the cause where the source line tells it.
  private func claim(
    _ finding: inout EscapeFinding, size: UInt64, _ lines: inout SourceLineEvidence,
    _ sizes: inout LineSizes?
  ) {
    guard let function = finding.function, let place = place(of: finding),
      let constructs = lines.constructs(at: place), !constructs.isEmpty
    else { return }
    // All samples are gone through for it, so only once there is a line that needs it.
    let known = sizes ?? LineSizes(profile) { objectSize(ofSample: $0) }
    sizes = known
    let others = known[function, finding.line]
    if let cause = constructs.cause(ofSize: size, among: others) {
      (finding.cause, finding.causeTier) = (cause, .sourceLine)
    }
  }

  /// The source line of a finding.
  private func place(of finding: EscapeFinding) -> SourceLineEvidence.Place? {
    guard let function = finding.function else { return nil }
    let functions = profile.functions
    return SourceLineEvidence.Place(
      function: profile.name(of: function),
      file: profile.strings[functions.filenames[function.index]],
      line: finding.line, startLine: functions.startLines[function.index])
  }

  /// The size of one of the sample's objects, as Go notes it in a label; 0 where there is none.
  private func objectSize(ofSample sample: Int) -> UInt64 {
    guard let sizeKey else { return 0 }
    for label in profile.labelSets[profile.samples.labelSet(sample)]
    where label.key == sizeKey && label.isNumeric {
      return UInt64(exactly: label.number) ?? 0
    }
    return 0
  }

  private func place(_ finding: inout EscapeFinding, _ stack: [LocationID]) {
    guard let line = place(of: stack) else { return }
    finding.function = line.function
    finding.line = line.line
  }

  /// The innermost line of a stack.
  private func place(of stack: [LocationID]) -> Line? {
    stack.first.flatMap { profile.locations.lines(of: $0).first }
  }
}

extension EscapeFinding {
  /// Takes over what the program's code told.
  fileprivate mutating func take(_ allocation: Allocation) {
    guard let cause = allocation.cause else { return }
    self.cause = EscapeCause(cause)
    let site = allocation.site
    callee = site.callee ?? ""
    root = allocation.root
    hidden = site.hiddenFrame.map {
      HiddenPlace(function: $0.function, file: $0.file, line: Int64($0.line ?? 0))
    }
    let isIndirect = site.hiddenFrame != nil || site.isInlined || allocation.size == .differs
    causeTier = site.cause == nil ? .frames : isIndirect ? .derived : .exact
    note = EscapeNote(allocation)
    guard let type = allocation.type else { return }
    self.type = type.name
    switch allocation.evidence {
    // A shape stands for all types that look like it.
    case .exact: typeTier = isIndirect || type.isOfShape ? .derived : .exact
    case .implied where site.cause == nil: typeTier = .frames
    default: typeTier = .derived
    }
  }
}

extension EscapeNote {
  fileprivate init?(_ allocation: Allocation) {
    switch allocation.site.detail {
    case .mergedVariables: self = .mergedVariables
    case .pointerFreeCopy: self = .pointerFreeCopy
    case .block, nil:
      if allocation.size == .differs {
        self = .otherSize
      } else if let type = allocation.type?.description, allocation.isOfOneObject,
        type.isPointerFree, type.size < 16
      {
        self = .tinyBlocks
      } else if allocation.type?.isOfShape == true {
        self = .shapeType
      } else if allocation.evidence == .dynamic {
        self = .dynamicType
      } else {
        return nil
      }
    }
  }
}

extension CallSite.AllocatedType {
  /// Whether it is the stand-in of several types in generic code.
  fileprivate var isOfShape: Bool { name.contains("go.shape.") }
}

extension Allocation {
  fileprivate var isOfOneObject: Bool {
    switch cause {
    case .new, .array, .closure, .iface: true
    default: false
    }
  }
}
