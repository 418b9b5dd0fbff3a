import ProfileModel

/// The rows of a profile as text, the way that `go tool pprof -raw` shows them: to compare profiles
/// whose tables need not agree in the ids of strings.
func dump(_ profile: Profile) -> String {
  var lines: [String] = []
  lines.append(profile.header.sampleTypes.map { "\($0.type)/\($0.unit)" }.joined(separator: " "))
  for sample in profile.samples.indices {
    let values = profile.samples.values.map { String($0[sample]) }.joined(separator: " ")
    let stack = profile.stacks[profile.samples.stacks[sample]]
    let ids = stack.map { String(profile.locations.ids[$0.index]) }.joined(separator: " ")
    let labels = profile.labelSets[profile.samples.labelSet(sample)].map { label in
      label.isNumeric
        ? "\(profile.strings[label.key]):\(label.number) \(profile.strings[label.unit])"
        : "\(profile.strings[label.key]):\(profile.strings[label.string])"
    }
    lines.append("\(values): \(ids) \(labels)")
  }
  for row in profile.locations.indices {
    let mapping = profile.locations.mappings[row]
    let frames = profile.locations.lines(of: LocationID(row)).map { line in
      let function = line.function.index
      let names = [
        profile.functions.names, profile.functions.systemNames, profile.functions.filenames,
      ].map { profile.strings[$0[function]] }
      return "\(names) \(line.line):\(line.column) s=\(profile.functions.startLines[function])"
    }
    lines.append(
      "\(profile.locations.ids[row]): \(profile.locations.addresses[row]) "
        + "M=\(mapping.isNone ? 0 : profile.mappings[mapping.index].id) "
        + "\(profile.locations.areFolded[row]) \(frames)")
  }
  return lines.joined(separator: "\n")
}
