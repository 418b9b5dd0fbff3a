import ProfileModel
import Synchronization

/// Inflates a gzip file on another thread while what has come is read.
///
/// The other thread is a few pieces ahead at most, and has ended when this is gone.
struct ReadAhead: ~Copyable, PieceReader {
  private let pieces: Pieces
  private let thread: SystemThread
  /// The piece that is read, and how much of it was; nil for `readCount` where it is not there yet.
  private var index = 0
  private var readCount: Int?
  private(set) var position = 0

  /// Nil where this machine lacks the library, has no thread to give or nothing to run it on.
  init?(_ input: UnsafeRawBufferPointer) {
    guard SystemThread.canRunBeside, let stream = GzipStream(input) else { return nil }
    let pieces = Pieces(stream)
    guard let thread = SystemThread({ pieces.fill() }) else { return nil }
    self.pieces = pieces
    self.thread = thread
  }

  deinit {
    pieces.giveUp()
    // The thread reads the input, which need not stay any longer.
    thread.join()
  }

  mutating func read(
    into room: UnsafeMutableRawBufferPointer
  ) throws(ProfileDecodingError) -> Int {
    if readCount == nil { pieces.filled.wait() }
    let piece = try pieces[index].get()
    let start = readCount ?? 0
    let count = min(room.count, piece.bytes.count - start)
    room.copyMemory(from: UnsafeRawBufferPointer(rebasing: piece.bytes[start..<start + count]))
    position = piece.position
    readCount = start + count
    if piece.bytes.isEmpty || start + count < piece.bytes.count { return count }
    readCount = nil
    index = (index + 1) % Pieces.count
    pieces.free.post()
    return count
  }
}

/// Pieces of a file that one thread fills and another reads, in turn.
private final class Pieces: @unchecked Sendable {
  // A piece belongs to the thread that fills it until `filled` counts it, and then to the one that
  // reads it until `free` does.
  let filled = Semaphore()
  let free = Semaphore(count)
  private var stream: GzipStream
  private let memory: UnsafeMutableRawBufferPointer
  // `count` results, initialized for as long as this lives: no array, which is one for both threads.
  private let results: UnsafeMutablePointer<Result<Piece, ProfileDecodingError>>
  private let isGivenUp = Atomic(false)

  static let count = 4
  private static let size = 256 << 10

  struct Piece {
    var bytes: UnsafeRawBufferPointer
    /// Bytes of the input that were read for it and those before it.
    var position: Int
  }

  init(_ stream: consuming GzipStream) {
    self.stream = stream
    memory = .allocate(byteCount: Self.count * Self.size, alignment: 64)
    let none = Piece(bytes: UnsafeRawBufferPointer(start: nil, count: 0), position: 0)
    results = .allocate(capacity: Self.count)
    results.initialize(repeating: .success(none), count: Self.count)
  }

  deinit {
    results.deinitialize(count: Self.count)
    results.deallocate()
    memory.deallocate()
  }

  /// What was filled last at the index; no bytes at the end of the file.
  subscript(index: Int) -> Result<Piece, ProfileDecodingError> {
    precondition(index >= 0 && index < Self.count, "piece out of range")
    return results[index]
  }

  /// Fills pieces until the file ends, is found damaged, or nobody reads it any more.
  func fill() {
    var index = 0
    while true {
      free.wait()
      if isGivenUp.load(ordering: .relaxed) { return }
      let room = UnsafeMutableRawBufferPointer(
        rebasing: memory[index * Self.size..<(index + 1) * Self.size])
      let result = Result { () throws(ProfileDecodingError) in try fill(room) }
      results[index] = result
      filled.post()
      guard case .success(let piece) = result, !piece.bytes.isEmpty else { return }
      index = (index + 1) % Self.count
    }
  }

  private func fill(
    _ room: UnsafeMutableRawBufferPointer
  ) throws(ProfileDecodingError) -> Piece {
    var count = 0
    while count < room.count {
      let read = try stream.read(into: UnsafeMutableRawBufferPointer(rebasing: room[count...]))
      if read == 0 { break }
      count += read
    }
    let bytes = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(room)[..<count])
    return Piece(bytes: bytes, position: stream.position)
  }

  func giveUp() {
    isGivenUp.store(true, ordering: .relaxed)
    free.post()
  }
}
