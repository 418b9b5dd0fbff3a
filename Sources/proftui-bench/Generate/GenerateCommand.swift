import ArgumentParser

/// `proftui-bench generate medium`: writes a profile of a known shape.
struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Write a reproducible profile.",
    discussion: ProfileShape.all.map { "\($0.name): \($0.summary)" }.joined(separator: "\n"))

  @Argument(help: "One of \(ProfileShape.all.map(\.name).joined(separator: ", ")).")
  var shape: ProfileShape

  @Option(name: .shortAndLong, help: "The file to write; SHAPE.pb.gz unless given.")
  var output: String?

  @Flag(help: "Write the bare messages, without gzip.")
  var raw = false

  func run() throws {
    let path = output ?? shape.name + (raw ? ".pb" : ".pb.gz")
    var file = try OutputFile(path: path, isCompressed: !raw)
    try ProfileGenerator(shape).write(to: &file)
    let size = try file.close()
    print("\(path): \(size.written) bytes, \(size.inflated) inflated")
  }
}

extension ProfileShape: ExpressibleByArgument {
  init?(argument: String) {
    guard let shape = ProfileShape.all.first(where: { $0.name == argument }) else { return nil }
    self = shape
  }
}
