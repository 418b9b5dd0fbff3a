import Testing

@testable import ProfileAnalysis

struct FilePathTests {
  /// Made with Go's `filepath.Clean` and `filepath.Base`.
  private let cases: [(path: String, cleaned: String, base: String)] = [
    ("", ".", "."), ("/", "/", "/"), ("//", "/", "/"), (".", ".", "."), ("..", "..", ".."),
    ("a", "a", "a"), ("a/", "a", "a"), ("/a/b", "/a/b", "b"), ("a//b", "a/b", "b"),
    ("./a", "a", "a"), ("a/./b", "a/b", "b"), ("a/../b", "b", "b"), ("../../a", "../../a", "a"),
    ("a/../../b", "../b", "b"), ("/../a", "/a", "a"), ("/a/..", "/", ".."), ("a/..", ".", ".."),
    ("..a/.b", "..a/.b", ".b"), ("/.", "/", "."), ("a/...", "a/...", "..."),
    ("../a/..", "..", ".."), ("_cgo_.go", "_cgo_.go", "_cgo_.go"),
  ]

  @Test func `paths are cleaned as Go cleans them`() {
    for (path, cleaned, _) in cases {
      #expect(String(decoding: FilePath.cleaned(path.utf8), as: UTF8.self) == cleaned, "\(path)")
    }
  }

  @Test func `a path is clean if cleaning leaves it`() {
    for (path, cleaned, _) in cases {
      let isClean = Array(path.utf8).withUnsafeBufferPointer { FilePath.isClean($0) }
      #expect(isClean == (path == cleaned), "\(path)")
    }
  }

  @Test func `the base of a path is its last part`() {
    for (path, _, base) in cases {
      #expect(String(decoding: FilePath.base(of: path.utf8), as: UTF8.self) == base, "\(path)")
    }
  }
}
