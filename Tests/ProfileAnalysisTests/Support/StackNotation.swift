import ProfileModel

/// A sample in a notation for tests: `main outer/inner leaf`, root first, inlined calls after `/`.
struct StackSample {
  var stack: String
  var values: [Int64]
  var labels: [(key: String, value: LabelValue)] = []

  enum LabelValue {
    case text(String)
    case number(Int64, String)
  }

  init(_ stack: String, _ values: Int64..., labels: [(String, LabelValue)] = []) {
    self.stack = stack
    self.values = values
    self.labels = labels.map { (key: $0.0, value: $0.1) }
  }
}

extension Profile {
  /// A profile of samples in test notation; each function is in the file `NAME.go`.
  ///
  /// A frame that starts with `0x` is a location without lines, in the mapping `/lib/libc.so`.
  static func of(
    _ types: [(type: String, unit: String)] = [("samples", "count")], _ samples: StackSample...,
    configure: (inout ProfileHeader) -> Void = { _ in }
  ) -> Profile {
    of(types, all: samples, configure: configure)
  }

  /// The same of samples that were put together before.
  static func of(
    _ types: [(type: String, unit: String)], all samples: [StackSample],
    configure: (inout ProfileHeader) -> Void = { _ in }
  ) -> Profile {
    var header = ProfileHeader(
      sampleTypes: types.map { ValueType(type: $0.type, unit: $0.unit) })
    configure(&header)
    var builder = ProfileBuilder(header: header)
    var main = Mapping()
    (main.start, main.limit, main.file) = (0x1000, 0x9000, "/bin/prog")
    var library = Mapping()
    (library.start, library.limit, library.file) = (0x10000, 0x20000, "/lib/libc.so")
    let mappings = [builder.addMapping(main), builder.addMapping(library)]
    for sample in samples {
      let frames = sample.stack.split(separator: " ").reversed()
      let stack = frames.map { frame in
        if frame.hasPrefix("0x") {
          let address = UInt64(frame.dropFirst(2), radix: 16) ?? 0
          return builder.location(address: address, mapping: mappings[1], lines: [])
        }
        let lines = frame.split(separator: "/").reversed().map { name in
          Line(function: builder.function(String(name), file: "\(name).go"), line: 1)
        }
        return builder.location(mapping: mappings[0], lines: lines)
      }
      let labels = sample.labels.map { key, value in
        switch value {
        case .text(let text): Label(key: builder.string(key), string: builder.string(text))
        case .number(let number, let unit):
          Label(key: builder.string(key), number: number, unit: builder.string(unit))
        }
      }
      builder.addSample(stack, values: sample.values, labels: labels)
    }
    return builder.finish()
  }

  /// The samples in test notation with their values and labels: `main leaf 3 [key:value size:4kb]`.
  var summary: [String] {
    samples.indices.map { sample in
      let frames = stacks[samples.stacks[sample]].reversed().map { location in
        let lines = locations.lines(of: location).reversed()
        guard !lines.isEmpty else {
          return "0x" + String(locations.addresses[location.index], radix: 16)
        }
        return lines.map { name(of: $0.function) }.joined(separator: "/")
      }
      let values = samples.values.map { String($0[sample]) }
      let labels = labelSets[samples.labelSet(sample)].map { label in
        let value =
          label.isNumeric ? "\(label.number)\(strings[label.unit])" : strings[label.string]
        return "\(strings[label.key]):\(value)"
      }
      let suffix = labels.isEmpty ? [] : ["[\(labels.joined(separator: " "))]"]
      return (frames + values + suffix).joined(separator: " ")
    }
  }
}
