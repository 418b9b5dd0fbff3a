import Glibc
import ProfileAnalysis
import ProfileModel

/// Reads snapshots one after the other, and keeps what each symbol costs in each.
struct SeriesLoader {
  let sources: SourceSelection
  /// Is told what is odd, in a line.
  let warn: (String) -> Void
  /// Called with how many are read, and of how many; false gives up.
  var progress: (Int, Int) -> Bool = { _, _ in true }

  /// The series, oldest first, and the files in that order. Files that cannot be read are left out
  /// with a warning.
  func load() throws(CommandFailure) -> (series: ProfileSeries, paths: [String]) {
    var series: ProfileSeries?
    var paths: [String] = []
    for (index, path) in sources.profiles.enumerated() {
      guard progress(index, sources.profiles.count) else {
        throw CommandFailure(path, "given up before it was read")
      }
      do throws(CommandFailure) {
        let profile = try read(path)
        var grown = series ?? ProfileSeries(like: profile)
        series = nil
        do {
          try grown.add(profile, name: path)
          paths.append(path)
        } catch {
          warn("\(path): \(error)")
        }
        series = grown
      } catch {
        warn(error.line)
      }
    }
    guard var series, paths.count > 1 else {
      throw CommandFailure(nil, "a series needs two snapshots that can be read, not \(paths.count)")
    }
    let order = series.sortByTime()
    return (series, order.map { paths[$0] })
  }

  private func read(_ path: String) throws(CommandFailure) -> Profile {
    var sources = sources
    sources.profiles = [path]
    sources.base = []
    return try ProfileLoader(sources: sources, normalizes: false, warn: warn).load()
  }
}

/// What is in a folder.
enum Folder {
  /// The files in the folder by name, without hidden ones; nil where `path` is no folder.
  static func files(at path: String) throws(CommandFailure) -> [String]? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return nil }
    guard let folder = opendir(path) else {
      throw CommandFailure(path, InputBytes.systemMessage(errno))
    }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    let whole = path.hasSuffix("/") ? path : path + "/"
    return names.sorted().map { whole + $0 }.filter { file in
      var status = stat()
      return stat(file, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }
  }
}
