import CPCRE2

/// An expression that PCRE2 has compiled, with machine code where the machine allows it.
final class CompiledPattern: @unchecked Sendable {
  // PCRE2 only reads compiled code once it exists, from any number of threads.
  let code: OpaquePointer

  /// Compiles `text`, which is in PCRE2's own syntax.
  ///
  /// - Throws: `CompilationError` where PCRE2 refuses it.
  init(_ text: String, foldsCase: Bool) throws(CompilationError) {
    guard let context = pcre2_compile_context_create_8(nil) else { fatalError("out of memory") }
    defer { pcre2_compile_context_free_8(context) }
    pcre2_set_newline_8(context, UInt32(PCRE2_NEWLINE_LF))
    // The parser has its own limit; a level of it takes up to three of PCRE2's groups.
    pcre2_set_parens_nest_limit_8(context, 10_000)
    let options = PCRE2_UTF | (foldsCase ? PCRE2_CASELESS : 0)
    var error: Int32 = 0
    var offset = 0
    let bytes = Array(text.utf8)
    guard let code = pcre2_compile_8(bytes, bytes.count, options, &error, &offset, context) else {
      throw CompilationError(code: error)
    }
    self.code = code
    // Without machine code the same matches are found more slowly.
    _ = pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE))
  }

  deinit { pcre2_code_free_8(code) }

  /// PCRE2's number for what it found wrong.
  struct CompilationError: Error {
    let code: Int32
  }
}
