/// A Go executable: its functions, its types, and how it was built.
///
/// Opening reads headers and finds the tables; their rows are read when they are asked for. Nothing
/// in the file is trusted.
public final class GoExecutable: Sendable {
  public let image: BinaryImage
  /// nil where the file does not say, or in a way that we do not know.
  public let version: GoVersion?
  /// nil where it was removed.
  public let buildInfo: BuildInfo?
  public let functions: FunctionTable
  public let types: TypeTable

  /// - Complexity: O(1) where sections name the tables, else O(*n*) in the file's size; O(*n*) in
  ///   relocations for PIE.
  public convenience init(_ bytes: ImageBytes) throws(GoBinaryError) {
    try self.init(try BinaryFormats.read(bytes))
  }

  /// - Complexity: O(1) where sections name the tables, else O(*n*) in the file's size.
  public init(_ image: BinaryImage) throws(GoBinaryError) {
    let (header, module) = try Self.tables(image)
    self.image = image
    buildInfo = BuildInfo(image)
    version = buildInfo.flatMap { GoVersion($0.version) }
    functions = FunctionTable(image: image, header: header, module: module)
    types = TypeTable(image: image, module: module, version: version)
  }

  /// The first function table that a module describes.
  private static func tables(
    _ image: BinaryImage
  ) throws(GoBinaryError) -> (FunctionTable.Header, ModuleData) {
    let headers = try FunctionTable.Header.all(in: image)
    var failure = GoBinaryError.noModuleData
    for header in headers {
      do {
        return (header, try ModuleData(image, header))
      } catch {
        failure = error
      }
    }
    throw failure
  }

  /// The release number that decides between forms of the language's runtime.
  ///
  /// Without a version the function table tells the old form from the new.
  var minorVersion: Int { version?.minor ?? (functions.header.layout == .go118 ? 19 : 27) }
}
