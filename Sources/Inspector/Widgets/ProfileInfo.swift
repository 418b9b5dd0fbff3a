import ProfileAnalysis
import ProfileModel

/// What there is to say about a profile as a whole, line by line.
enum ProfileInfo {
  static func lines(_ session: ProfileSession, arrow: String) -> [InfoLine] {
    let profile = session.whole
    let header = profile.header
    var lines = session.comparison.map { ComparisonInfo.lines(session, $0, arrow: arrow) } ?? []
    lines.append(InfoLine(label: "Profile", isHeading: true))
    func add(_ label: String, _ value: String) {
      if !value.isEmpty { lines.append(InfoLine(label: label, value: value)) }
    }
    add("file", session.comparison?.title(arrow) ?? session.name)
    add("program", profile.mappings.first?.file ?? "")
    add("build id", profile.mappings.first?.buildID ?? "")
    if header.timeNanos != 0 { add("time", UTCTime.text(nanoseconds: header.timeNanos)) }
    if header.durationNanos != 0 {
      add("duration", Measurement.label(header.durationNanos, unit: "nanoseconds"))
    }
    add("period", periodText(header))
    add("documented at", header.docURL)
    for comment in header.comments { add("comment", comment) }
    add("dropped", header.dropFrames.isEmpty ? "" : "frames that match \(header.dropFrames)")
    add("kept", header.keepFrames.isEmpty ? "" : "frames that match \(header.keepFrames)")
    let left = session.profile.samples.count
    add("samples", session.isPartOfWhole ? "\(left) of \(profile.samples.count)" : "\(left)")
    add("no stack", framelessText(session))
    add(
      "symbols",
      Plural.text(profile.functions.count, "function", "functions") + ", "
        + Plural.text(profile.locations.count, "location", "locations"))

    heading("Refinements", of: session.refinements.steps.count, to: &lines)
    for step in session.refinements.steps {
      lines.append(InfoLine(value: step.text, valueColumn: 3))
    }
    heading("Warnings", of: profile.warnings.count, to: &lines)
    for warning in profile.warnings {
      lines.append(InfoLine(value: warning.description, isWarning: true, valueColumn: 3))
    }
    lines += sampleTypes(session)
    lines += columns()
    lines += mappings(profile)
    return lines
  }

  /// How much of what was counted stands for a sample: `10ms (cpu)`, `1 (contentions)`; empty where
  /// the file does not say.
  static func periodText(_ header: ProfileHeader) -> String {
    header.periodType.map {
      "\(Measurement.label(header.period, unit: $0.unit)) (\($0.type))"
    } ?? ""
  }

  /// The samples that have no symbol, and what they cost: in the total, but in no row of any list;
  /// empty where all have a stack.
  ///
  /// - Complexity: O(*n*) in samples.
  private static func framelessText(_ session: ProfileSession) -> String {
    let (samples, stacks) = (session.profile.samples, session.profile.stacks)
    var (count, sum) = (0, Int64(0))
    for sample in samples.indices where stacks.depth(of: samples.stacks[sample]) == 0 {
      count += 1
      sum &+= session.values[sample]
    }
    guard count > 0 else { return "" }
    return
      "\(Plural.text(count, "sample", "samples")), \(session.label(sum)): in no row of any list"
  }

  /// What the numbers mean that every view has.
  private static func columns() -> [InfoLine] {
    var lines = [InfoLine(), InfoLine(label: "Columns", isHeading: true)]
    for explanation in TopPane.explanations {
      lines.append(
        InfoLine(label: explanation.term, value: explanation.meaning, valueColumn: 20))
    }
    return lines
  }

  private static func heading(_ title: String, of count: Int, to lines: inout [InfoLine]) {
    guard count > 0 else { return }
    lines.append(InfoLine())
    lines.append(InfoLine(label: "\(title) (\(count))", isHeading: true))
  }

  private static func sampleTypes(_ session: ProfileSession) -> [InfoLine] {
    let header = session.profile.header
    var lines: [InfoLine] = []
    heading("Sample types", of: session.sampleTypes.count, to: &lines)
    let preferred = try? SampleTypeSelection.index(named: "", in: header)
    for (index, type) in session.sampleTypes.enumerated() {
      let total = session.totals(ofType: index).total
      let facts = [
        Measurement.label(total, unit: type.unit), type.unit.isEmpty ? nil : "unit \(type.unit)",
        index == session.sampleType ? "shown now" : nil,
        index == preferred ? "the file's default" : nil,
      ]
      lines.append(
        InfoLine(
          label: type.type, value: facts.compactMap { $0 }.joined(separator: ", "),
          valueColumn: 20))
      if let meaning = SampleTypeMeaning.text(type) {
        lines.append(InfoLine(value: meaning, valueColumn: 3))
      }
    }
    return lines
  }

  private static func mappings(_ profile: Profile) -> [InfoLine] {
    var lines: [InfoLine] = []
    let mappings = profile.mappings.filter(\.tellsAnything)
    heading("Mappings", of: mappings.count, to: &lines)
    for mapping in mappings {
      let range = "0x\(String(mapping.start, radix: 16))-0x\(String(mapping.limit, radix: 16))"
      let has = [
        mapping.hasFunctions ? "functions" : nil, mapping.hasFilenames ? "files" : nil,
        mapping.hasLineNumbers ? "lines" : nil, mapping.hasInlineFrames ? "inlined calls" : nil,
      ].compactMap { $0 }
      let known = has.isEmpty ? "no symbols" : "has \(has.joined(separator: ", "))"
      let file = mapping.file.isEmpty ? "[no file]" : mapping.file
      lines.append(InfoLine(value: file, valueColumn: 3))
      let build = mapping.buildID.isEmpty ? "" : ", build id \(mapping.buildID)"
      lines.append(InfoLine(value: "\(range), \(known)\(build)", valueColumn: 6))
    }
    return lines
  }
}

extension Mapping {
  /// Whether it says where anything is, or what; one that stands for none does not.
  fileprivate var tellsAnything: Bool {
    start != 0 || limit != 0 || offset != 0 || !file.isEmpty || !buildID.isEmpty || hasFunctions
      || hasFilenames || hasLineNumbers || hasInlineFrames
  }
}

/// What the sample types that everybody meets count.
enum SampleTypeMeaning {
  /// A sentence on the type; nil for one that we do not know.
  static func text(_ type: ValueType) -> String? {
    switch type.type {
    case "alloc_objects": "objects allocated since the start, freed or not"
    case "alloc_space": "bytes allocated since the start, freed or not"
    case "inuse_objects": "objects not freed yet: what the heap holds"
    case "inuse_space": "bytes not freed yet: what the heap holds"
    case "samples": "how often the program was found at this place"
    case "cpu": "time in which a processor ran this code"
    case "wall": "time that passed, running or waiting"
    case "goroutine": "goroutines that were found with this stack"
    case "threadcreate": "operating system threads that were made here"
    case "contentions": "how often someone waited here"
    case "delay": "how long everybody together waited here"
    default: nil
    }
  }
}

/// Points in time in words, without a calendar library: UTC only.
enum UTCTime {
  /// `2026-11-22 22:28:30 UTC`.
  static func text(nanoseconds: Int64) -> String {
    let seconds = nanoseconds / 1_000_000_000 - (nanoseconds % 1_000_000_000 < 0 ? 1 : 0)
    let day = seconds / 86400 - (seconds % 86400 < 0 ? 1 : 0)
    let second = seconds - day * 86400
    // Days are counted from 1 March of year 0, so that the leap day is the last of its year.
    let shifted = day + 719_468
    let era = shifted / 146_097 - (shifted % 146_097 < 0 ? 1 : 0)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let dayOfMonth = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let clock = "\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))"
    return "\(year)-\(two(month))-\(two(dayOfMonth)) \(clock) UTC"
  }
}
