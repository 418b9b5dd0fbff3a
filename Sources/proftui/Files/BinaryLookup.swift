import Glibc
import GoBinary
import ProfileModel

/// Finds the executable that was profiled.
///
/// What the user named comes first and is taken as it is. Else it is looked for next to the
/// profiles, under `PPROF_BINARY_PATH`, and where the profile says it was.
struct BinaryLookup {
  /// The path that the user gave, and how: `first argument`; nil where none was given.
  var given: (path: String, why: String)?
  /// The paths of the profiles.
  var profiles: [String] = []
  /// Folders to look in, as `PPROF_BINARY_PATH` lists them.
  var searchPath: [String] = BinaryLookup.defaultSearchPath

  /// An executable, and why it was taken.
  struct Found {
    var path: String
    /// As `first argument` or `next to the profile, by build id`.
    var why: String
    var image: BinaryImage
  }

  /// A place where the executable may be.
  struct Candidate: Hashable {
    var path: String
    var why: String
  }

  /// Of so many files next to a profile the build ids are read.
  private static let neighbourLimit = 32

  /// The executable of a mapping: the first whose build id is the mapping's, else the first whose
  /// build id cannot be compared, else the first of its name: builds that differ only in what was
  /// stripped have one text and two ids, and functions are compared before anything is read.
  ///
  /// - Throws: where the file that the user gave cannot be read.
  func find(_ mapping: Mapping) throws(CommandFailure) -> Found? {
    if let given {
      let image = try Self.image(given.path)
      let isOther = Self.sameBuild(image, mapping) == false
      return Found(
        path: given.path, why: given.why + (isOther ? Self.otherBuild : ""), image: image)
    }
    var other: Found?
    var namesake: Found?
    for candidate in candidates(for: mapping) {
      guard Self.isFile(candidate.path), let image = try? Self.image(candidate.path) else {
        continue
      }
      let found = Found(path: candidate.path, why: candidate.why, image: image)
      switch Self.sameBuild(image, mapping) {
      case true?: return found
      case nil: other = other ?? found
      case false? where Self.baseName(found.path) == Self.baseName(mapping.file):
        namesake =
          namesake ?? Found(path: found.path, why: found.why + Self.otherBuild, image: image)
      case false?: continue
      }
    }
    return other ?? namesake
  }

  private static let otherBuild = ", another build id"

  /// Where the executable of a mapping may be, the likeliest first.
  func candidates(for mapping: Mapping) -> [Candidate] {
    var candidates: [Candidate] = []
    let name = Self.baseName(mapping.file)
    let id = mapping.buildID
    for folder in profileFolders {
      if !name.isEmpty {
        candidates.append(Candidate(path: folder + name, why: "next to the profile, by name"))
      }
      if !id.isEmpty {
        candidates += Self.files(in: folder).prefix(Self.neighbourLimit).map {
          Candidate(path: folder + $0, why: "next to the profile, by build id")
        }
      }
    }
    let why = "under PPROF_BINARY_PATH"
    for folder in searchPath.map({ $0.hasSuffix("/") ? $0 : $0 + "/" }) {
      if !id.isEmpty, !id.contains("/"), id != "..", id != "." {
        candidates.append(Candidate(path: "\(folder)\(id)/\(name)", why: why))
        candidates += Self.files(in: "\(folder)\(id)/").prefix(Self.neighbourLimit).map {
          Candidate(path: "\(folder)\(id)/\($0)", why: why)
        }
        candidates.append(Candidate(path: "\(folder)\(mapping.file)/\(id)", why: why))
        if id.utf8.count > 2 {
          candidates.append(
            Candidate(path: "\(folder)\(id.prefix(2))/\(id.dropFirst(2)).debug", why: why))
        }
      }
      if !name.isEmpty {
        for path in [folder + name, folder + mapping.file] {
          candidates.append(Candidate(path: path, why: why))
          candidates.append(Candidate(path: path + ".debug", why: why))
        }
      }
    }
    if mapping.file.hasPrefix("/") {
      candidates.append(Candidate(path: mapping.file, why: "where the profile says"))
    }
    return candidates
  }

  private var profileFolders: [String] {
    var folders: [String] = []
    for path in profiles where path != "-" && !path.contains("://") {
      let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "./"
      if !folders.contains(folder) { folders.append(folder) }
    }
    return folders
  }

  static var defaultSearchPath: [String] {
    if let path = SystemEnvironment.variable("PPROF_BINARY_PATH") {
      return path.split(separator: ":").map(String.init)
    }
    return SystemEnvironment.variable("HOME").map { ["\($0)/pprof/binaries"] } ?? []
  }

  /// The image of an executable file, mapped into memory.
  static func image(_ path: String) throws(CommandFailure) -> BinaryImage {
    do {
      return try BinaryFormats.read(try bytes(path))
    } catch let error as GoBinaryError {
      throw CommandFailure(path, error.description)
    } catch let error as CommandFailure {
      throw error
    } catch {
      throw CommandFailure(path, "\(error)")
    }
  }

  /// The bytes of an executable file, mapped into memory.
  static func bytes(_ path: String) throws(CommandFailure) -> ImageBytes {
    let input = try InputBytes.read(path, limit: sizeLimit)
    return input.withBytes { ImageBytes($0, owner: input) }
  }

  private static let sizeLimit = 8 << 30

  /// Whether the image has the mapping's build id; nil where one of them has none.
  private static func sameBuild(_ image: BinaryImage, _ mapping: Mapping) -> Bool? {
    guard !mapping.buildID.isEmpty, image.buildID.linker != nil || image.buildID.go != nil else {
      return nil
    }
    return mapping.buildID == image.buildID.linker || mapping.buildID == image.buildID.go
  }

  private static func baseName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? ""
  }

  private static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// The object files of a folder, in order of their names.
  private static func files(in folder: String) -> [String] {
    FolderFiles.names(in: folder).filter { ProfileLoader.isObjectFile(folder + $0) }
  }
}

/// Lists folders.
enum FolderFiles {
  /// More names than this are not listed.
  private static let limit = 4096

  /// The names in a folder, in order; empty where it cannot be read.
  static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while names.count < limit, let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
