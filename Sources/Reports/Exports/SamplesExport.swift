import ProfileAnalysis
import ProfileModel

/// The table of samples as CSV, a row each, as databases read it.
///
/// The columns: one for each sample type, called by type and unit (`cpu_nanoseconds`); `leaf`, the innermost
/// frame; `stack`, the frames with `;` between, root first; `depth`, how many they are; `labels`, a JSON object of
/// keys and their values, a list where a key has several.
public struct SamplesExport: Export {
  public let name = "samples"
  public let summary = "Every sample as a row of CSV, for databases; also: csv --samples"
  public let fileExtension = "samples.csv"

  public init() {}

  public func write(_ subject: ReportSubject, to output: inout OutputBuffer) {
    let profile = subject.profile
    let table = subject.nodeTable()
    let leafNames = EscapedNames(of: table, as: .csv)
    let stackNames = EscapedNames(of: table, as: .foldedCSV)
    var labels = LabelObjects(profile)
    writeLine(Self.columns(of: profile.header), to: &output)
    var cursor = StackCursor(profile.stacks)
    for sample in profile.samples.indices {
      for values in profile.samples.values {
        output.write(values[sample])
        output.write(byte: UInt8(ascii: ","))
      }
      let stack = cursor.locations(of: profile.samples.stacks[sample])
      let leaf = stack.first.flatMap { table[$0].first }
      output.write(byte: UInt8(ascii: "\""))
      if let leaf { leafNames.write(leaf, to: &output) }
      output.write("\",\"" as StaticString)
      var depth: Int64 = 0
      for location in stack.reversed() {
        for row in table.range(of: location).reversed() {
          if depth > 0 { output.write(byte: UInt8(ascii: ";")) }
          stackNames.write(table.locationNodes[row], to: &output)
          depth += 1
        }
      }
      output.write("\"," as StaticString)
      output.write(depth)
      output.write(",\"" as StaticString)
      output.write(labels.object(of: profile.samples.labelSet(sample)))
      output.write("\"\r\n" as StaticString)
      if !output.isOpen { return }
    }
  }

  /// The names of the columns: letters, digits and `_`, each once.
  static func columns(of header: ProfileHeader) -> [String] {
    var taken: Set<String> = ["leaf", "stack", "depth", "labels"]
    let values = header.sampleTypes.map { type in
      let base = identifier([type.type, type.unit].filter { !$0.isEmpty }.joined(separator: "_"))
      var name = base
      var number = 2
      while !taken.insert(name).inserted {
        name = "\(base)_\(number)"
        number += 1
      }
      return name
    }
    return values + ["leaf", "stack", "depth", "labels"]
  }

  private static func identifier(_ text: String) -> String {
    let name = String(
      text.map { character -> Character in
        character.isASCII && (character.isLetter || character.isNumber) ? character : "_"
      })
    guard let first = name.first else { return "value" }
    return first.isNumber ? "_" + name : name
  }

  private func writeLine(_ fields: [String], to output: inout OutputBuffer) {
    output.write(fields.joined(separator: ",") + "\r\n")
  }
}

/// The labels of samples as JSON objects in quotes of CSV, made once for each set.
private struct LabelObjects {
  private let profile: Profile
  private var known: [[UInt8]?]

  init(_ profile: Profile) {
    self.profile = profile
    known = Array(repeating: nil, count: profile.labelSets.count)
  }

  mutating func object(of set: LabelSetID) -> [UInt8] {
    if let object = known[set.index] { return object }
    let object = make(set).flatMap { byte in
      byte == UInt8(ascii: "\"") ? [byte, byte] : [byte]
    }
    known[set.index] = object
    return object
  }

  private func make(_ set: LabelSetID) -> [UInt8] {
    // One entry a key, whatever kinds of values it has.
    var order: [StringID] = []
    var values: [StringID: [[UInt8]]] = [:]
    for label in profile.labelSets[set] {
      if values[label.key] == nil { order.append(label.key) }
      values[label.key, default: []].append(
        label.isNumeric ? Array(String(label.number).utf8) : quoted(label.string))
    }
    var object = [UInt8(ascii: "{")]
    for (index, key) in order.enumerated() {
      if index > 0 { object.append(UInt8(ascii: ",")) }
      object += quoted(key) + [UInt8(ascii: ":")]
      let list = values[key] ?? []
      if list.count > 1 {
        object += [UInt8(ascii: "[")] + list.joined(separator: [UInt8(ascii: ",")])
        object.append(UInt8(ascii: "]"))
      } else {
        object += list.first ?? []
      }
    }
    return object + [UInt8(ascii: "}")]
  }

  private func quoted(_ string: StringID) -> [UInt8] {
    var result = [UInt8(ascii: "\"")]
    profile.strings.withBytes(of: string) { TextEscape.json.append($0, to: &result) }
    return result + [UInt8(ascii: "\"")]
  }
}
