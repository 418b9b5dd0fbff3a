import Foundation
import Testing

/// A process that a test starts, with what it is given and nothing else that is open here.
///
/// Foundation's `Process` is told of an end by a descriptor that others inherit: where tests run at once, it
/// waits for the children of them all, and some (a server of tmux) stay.
struct ChildProcess {
  /// What one of the child's descriptors is.
  enum Stream {
    case descriptor(Int32)
    /// A file, and how it is opened; one that is made can be read by its owner only.
    case file(String, Int32)

    static let null = Stream.file("/dev/null", O_RDWR)
  }

  let id: pid_t

  /// - Parameters:
  ///   - environment: `NAME=VALUE` each; all that the child has.
  ///   - folder: where it runs; here where nil.
  ///   - streams: standard input, output and error.
  ///   - hasOwnSession: whether the first terminal that it opens becomes its own.
  init(
    _ executable: String, _ arguments: [String], environment: [String], in folder: String? = nil,
    streams: [Stream] = [.null, .null, .null], hasOwnSession: Bool = false
  ) throws {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Threads of tests block signals, without which a server of tmux never learns of an end.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    // POSIX_SPAWN_SETSIGMASK, and POSIX_SPAWN_SETSID
    posix_spawnattr_setflags(&attributes, hasOwnSession ? 0x88 : 0x08)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, stream) in streams.enumerated() {
      switch stream {
      case .descriptor(let descriptor):
        posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
      case .file(let path, let flags):
        posix_spawn_file_actions_addopen(&actions, Int32(number), path, flags, 0o600)
      }
    }
    _ = addCloseFrom(&actions, 3)
    if let folder { _ = addChangeFolder(&actions, folder) }
    var words = ([executable] + arguments).map { strdup($0) } + [nil]
    var variables = environment.map { strdup($0) } + [nil]
    defer { for word in words + variables { free(word) } }
    var child = pid_t()
    let error = posix_spawn(&child, executable, &actions, &attributes, &words, &variables)
    try #require(error == 0, "\(executable): \(String(cString: strerror(error)))")
    id = child
  }

  /// Waits for its end.
  ///
  /// - Returns: its exit status, or the signal that ended it below zero.
  @discardableResult
  func wait() -> Int32 {
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0, errno == EINTR {}
    return status & 0x7f == 0 ? status >> 8 & 0xff : -(status & 0x7f)
  }
}

// What the C library has beyond the standard, which its headers keep from Swift.

@_silgen_name("posix_spawn_file_actions_addclosefrom_np")
private func addCloseFrom(
  _ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>, _ first: Int32
) -> Int32

@_silgen_name("posix_spawn_file_actions_addchdir_np")
private func addChangeFolder(
  _ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>, _ folder: UnsafePointer<CChar>
) -> Int32
