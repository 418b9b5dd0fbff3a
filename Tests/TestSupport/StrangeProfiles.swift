import ProfileModel

/// Profiles that no one would make on purpose, by name.
package enum StrangeProfiles {
  package static let all: [(name: String, profile: Profile)] = [
    ("no-samples", ProfileBuilder(sampleTypes: ("cpu", "nanoseconds")).finish()),
    ("one-sample", .stacks(["main": 1])),
    ("names", strangeNames),
    ("deep-300", deep(300)),
    ("deep-10000", deep(10_000)),
    ("negative", .stacks(["main;grew": 50, "main;shrank": -30, "main": -5])),
    ("zero-type", zeroType),
    ("no-frames", .stacks(["": 7])),
    ("no-values", .stacks(["main;idle": 0])),
    ("largest", .stacks(["main;a": .max, "main;b": .min, "main;c": .max])),
    ("recursive", .stacks(["f;f;f;g": 4, "f;g;f": 3, "g;f": 2])),
    ("nameless", nameless),
  ]

  package static let names: [String] = all.map(\.name)

  package static func named(_ name: String) -> Profile {
    all.first { $0.name == name }?.profile ?? .stacks([:])
  }

  private static var strangeNames: Profile {
    let generic =
      "example.com/library/container.(*Tree[go.shape.struct { "
      + String(repeating: "Field string; ", count: 220) + "}]).Insert"
    let names: KeyValuePairs<String, Int64> = [
      "日本語.関数名": 40,
      "emoji.🦀👩‍👩‍👧.run": 30,
      "étude.Combining": 20,
      "evil.\u{1B}[2J\u{1B}]52;c;ZXZpbA==\u{7}.name": 10,
      "bidi.\u{202E}drawkcab": 5,
      "tab\there\nand newline": 4,
      generic: 3,
    ]
    var builder = ProfileBuilder(sampleTypes: ("cpu", "nanoseconds"))
    let main = builder.locations("main.main")
    for (name, value) in names {
      let line = Line(function: builder.function(name), line: 0)
      builder.addSample([builder.location(lines: [line])] + main, values: [value])
    }
    return builder.finish()
  }

  private static func deep(_ depth: Int) -> Profile {
    var builder = ProfileBuilder(sampleTypes: ("cpu", "nanoseconds"))
    let stack = (0..<depth).map { "main.level\($0)" }.joined(separator: ";")
    builder.addSample(builder.locations(stack), values: [100])
    builder.addSample(builder.locations("main.level0;main.other"), values: [10])
    return builder.finish()
  }

  private static var zeroType: Profile {
    var builder = ProfileBuilder(
      sampleTypes: ("alloc_objects", "count"), ("alloc_space", "bytes"),
      ("inuse_objects", "count"), ("inuse_space", "bytes"))
    builder.addSample(builder.locations("main.main;main.make"), values: [12, 2_520_000_000, 0, 0])
    return builder.finish()
  }

  private static var nameless: Profile {
    var builder = ProfileBuilder(sampleTypes: ("samples", "count"))
    var mapping = Mapping()
    mapping.file = "/usr/lib/libc.so.6"
    let library = builder.addMapping(mapping)
    let unknown = builder.location(address: 0x1234, mapping: library, lines: [])
    let nowhere = builder.location(lines: [])
    builder.addSample([unknown, nowhere], values: [5])
    builder.addSample([nowhere], values: [2])
    return builder.finish()
  }
}
