import Testing

@testable import ProfileAnalysis

@Suite struct MangledNameTests {
  private func shown(_ name: String, _ detail: NameDetail) -> String? {
    Array(name.utf8).withUnsafeBufferPointer { name in
      MangledName.demangled(name, detail: detail).map { String(decoding: $0, as: UTF8.self) }
    }
  }

  /// The mangled name; what pprof shows of it by itself, with templates, and in full.
  @Test(arguments: [
    (
      "_ZZ4mainENKUlvE_clEv",
      "main::{lambda()#1}::operator()",
      "main::{lambda()#1}::operator()",
      "main::{lambda()#1}::operator()() const"
    ),
    (
      "_Z3fooIiEvT_",
      "foo",
      "foo<int>",
      "void foo<int>(int)"
    ),
    (
      "_ZN3fooIiE3barIcEEiPT_",
      "foo::bar",
      "foo<int>::bar<char>",
      "int foo<int>::bar<char>(char*)"
    ),
    (
      "_ZNK5ShapecvbEv",
      "Shape::operator bool",
      "Shape::operator bool",
      "Shape::operator bool() const"
    ),
    (
      "_ZN5ShapecvT_IiEEv",
      "Shape::operator int",
      "Shape::operator int<int>",
      "Shape::operator int<int>()"
    ),
    (
      "_ZlsIcSt11char_traitsIcEERSoS2_RK5Shape",
      "operator<<",
      "operator<< <char, std::char_traits<char> >",
      "std::ostream& operator<< <char, std::char_traits<char> >(std::ostream&, Shape const&)"
    ),
    (
      "_Z1fPFivEPA3_iM1aKFvvERKSs",
      "f",
      "f",
      "f(int (*)(), int (*) [3], void (a::*)() const, std::string const&)"
    ),
    (
      "_ZNSsC1ERKSs",
      "std::basic_string::basic_string",
      "std::basic_string<char, std::char_traits<char>, std::allocator<char> >::basic_string",
      "std::basic_string<char, std::char_traits<char>, std::allocator<char> >::basic_string(std::string const&)"
    ),
    (
      "_ZSt4endlIcSt11char_traitsIcEERSt13basic_ostreamIT_T0_ES6_",
      "std::endl",
      "std::endl<char, std::char_traits<char> >",
      "std::basic_ostream<char, std::char_traits<char> >& std::endl<char, std::char_traits<char> >(std::basic_ostream<char, std::char_traits<char> >&)"
    ),
    (
      "_ZN1aIJicEE3runIJPKcdEEEvDpRKT_",
      "a::run",
      "a<int, char>::run<char const*, double>",
      "void a<int, char>::run<char const*, double>(char const* const&, double const&)"
    ),
    (
      "_ZZN1b4nextEvE5count",
      "b::next()::count",
      "b::next()::count",
      "b::next()::count"
    ),
    (
      "_ZGVZN1b4nextEvE5count",
      "guard variable for b::next()::count",
      "guard variable for b::next()::count",
      "guard variable for b::next()::count"
    ),
    (
      "_ZThn16_N1b3runEi",
      "non-virtual thunk to b::run(int)",
      "non-virtual thunk to b::run(int)",
      "non-virtual thunk to b::run(int)"
    ),
    (
      "_ZTv0_n24_N1b3runEv",
      "virtual thunk to b::run()",
      "virtual thunk to b::run()",
      "virtual thunk to b::run()"
    ),
    (
      "_ZN1aILi3ELb1ELm7ELin2EE3runEv",
      "a::run",
      "a<3, true, 7ul, -2>::run",
      "a<3, true, 7ul, -2>::run()"
    ),
    (
      "_ZNSt8functionIFvPKcEEclES1_",
      "std::function::operator()",
      "std::function<void (char const*)>::operator()",
      "std::function<void (char const*)>::operator()(char const*)"
    ),
    (
      "_ZN12_GLOBAL__N_11aIRKiE3runEOi",
      "(anonymous namespace)::a::run",
      "(anonymous namespace)::a<int const&>::run",
      "(anonymous namespace)::a<int const&>::run(int&&)"
    ),
    (
      "_Zli3_kmy",
      "operator\"\" _km",
      "operator\"\" _km",
      "operator\"\" _km(unsigned long long)"
    ),
    (
      "_ZN1aUt_C2Ev",
      "a::{unnamed type#1}::{unnamed type#1}",
      "a::{unnamed type#1}::{unnamed type#1}",
      "a::{unnamed type#1}::{unnamed type#1}()"
    ),
    (
      "_ZN3foo3barB5cxx11Ev.isra.0",
      "foo::bar[abi:cxx11]",
      "foo::bar[abi:cxx11]",
      "foo::bar[abi:cxx11]()"
    ),
    (
      "_RNvMsD_NtNtCslNYArtu3iFV_5alloc3ffi5c_strNtNtNtCsgEmfK2I1SDS_4core3ffi5c_str4CStr13into_c_string",
      "<core::ffi::c_str::CStr>::into_c_string",
      "<core::ffi::c_str::CStr>::into_c_string",
      "<core::ffi::c_str::CStr>::into_c_string"
    ),
    (
      "_RINvNtCs8NwYtU1Mohg_4core3mem4dropNtCs1_3app5ThingEB2_",
      "core::mem::drop::<>",
      "core::mem::drop::<app::Thing>",
      "core::mem::drop::<app::Thing>"
    ),
    (
      "_RNCNvCs1_3app4main0B3_",
      "app::main::{closure#0}",
      "app::main::{closure#0}",
      "app::main::{closure#0}"
    ),
    (
      "_RNvXCs1_3appNtB2_5ThingNtNtCs2_4core3fmt7Display3fmt",
      "<app::Thing as core::fmt::Display>::fmt",
      "<app::Thing as core::fmt::Display>::fmt",
      "<app::Thing as core::fmt::Display>::fmt"
    ),
    (
      "_RNvNvCs1_3app3run4stop.llvm.123",
      "app::run::stop",
      "app::run::stop",
      "app::run::stop"
    ),
    (
      "_ZN4core3fmt5write17h0123456789abcdefE",
      "core::fmt::write",
      "core::fmt::write",
      "core::fmt::write"
    ),
  ])
  func `names are shown as far as is asked for`(
    mangled: String, brief: String, templates: String, full: String
  ) {
    #expect(shown(mangled, NameDetail()) == brief)
    #expect(shown(mangled, NameDetail(showsTemplateArguments: true)) == templates)
    #expect(
      shown(mangled, NameDetail(showsArguments: true, showsTemplateArguments: true)) == full)
  }

  @Test func `letters beyond ASCII are read`() {
    #expect(shown("_RNvCs1_3appu8gdel_5qa", NameDetail()) == "app::gödel")
  }

  @Test func `names that grow without end are given up`() {
    // Each type is two of the one before.
    var name = "_Z1fI1a"
    for index in 0..<40 {
      let last = "S\(String(2 * index, radix: 36, uppercase: true))_"
      name += "1bI\(last)\(last)E"
    }
    #expect(shown(name + "EvT_", NameDetail(showsTemplateArguments: true)) == nil)
    #expect(shown("_Z" + String(repeating: "P", count: 60_000), NameDetail()) == nil)
    #expect(shown("_R" + String(repeating: "NvB_", count: 10_000), NameDetail()) == nil)
  }
}
