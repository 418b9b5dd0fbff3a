/// What a generated profile is like: how many samples, how deep, over how large a program.
///
/// To add one, write a constant and list it in `all`.
struct ProfileShape: Sendable {
  /// The sample types, and the values that go with them.
  enum Kind {
    /// samples and cpu.
    case cpu
    /// alloc_objects, alloc_space, inuse_objects, inuse_space.
    case heap
  }

  /// Which samples carry labels.
  enum Labels {
    /// On three samples of ten: a string with 40 values, and a number on half of those.
    case some
    /// On every sample: one string with 1,000 values.
    case all
  }

  var name: String
  var summary: String
  var kind = Kind.cpu
  var sampleCount: Int
  var functionCount: Int
  var locationCount: Int
  /// Locations in a stack; the mean is in the middle.
  var depth = 10...60
  var labels = Labels.some
}

extension ProfileShape {
  /// Every shape, smallest first, in the order of the help text.
  static let all: [ProfileShape] = [small, medium, large, huge, labels, deep, wide]

  static let small = ProfileShape(
    name: "small", summary: "6,500 heap samples, 1 MB inflated", kind: .heap,
    sampleCount: 6_500, functionCount: 3_000, locationCount: 8_000)

  static let medium = ProfileShape(
    name: "medium", summary: "290,000 samples, 30 MB inflated",
    sampleCount: 290_000, functionCount: 13_500, locationCount: 54_000)

  static let large = ProfileShape(
    name: "large", summary: "2.9 million samples, 313 MB inflated",
    sampleCount: 2_900_000, functionCount: 24_000, locationCount: 96_000)

  static let huge = ProfileShape(
    name: "huge", summary: "18 million samples, 2 GB inflated",
    sampleCount: 18_000_000, functionCount: 32_000, locationCount: 128_000)

  static let labels = ProfileShape(
    name: "labels", summary: "300,000 samples, all with one label of 1,000 values",
    sampleCount: 300_000, functionCount: 40_000, locationCount: 160_000, labels: .all)

  static let deep = ProfileShape(
    name: "deep", summary: "400 samples, stacks of 10,000 frames",
    sampleCount: 400, functionCount: 2_000, locationCount: 8_000, depth: 10_000...10_000)

  static let wide = ProfileShape(
    name: "wide", summary: "300,000 samples over 300,000 functions",
    sampleCount: 300_000, functionCount: 300_000, locationCount: 600_000, depth: 5...25)
}
