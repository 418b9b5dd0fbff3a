import ProfileAnalysis
import ProfileModel
import TestSupport
import Testing

@Suite struct NameSimplificationTests {
  private func name(
    of name: String, systemName: String? = nil,
    _ simplification: NameSimplification = NameSimplification()
  ) -> String {
    var builder = ProfileBuilder(sampleTypes: ("calls", "count"))
    _ = builder.function("first")
    let function = builder.function(name, systemName: systemName)
    return builder.finish().simplifyingNames(simplification).name(of: function)
  }

  @Test(arguments: [
    ("ns::Type<int>::run(long, char)", "ns::Type::run"),
    ("plain(int)", "plain(int)"),
    ("main.(*T[...]).Walk", "main.(*T[...]).Walk"),
    ("main.Map[go.shape.func(int) bool]", "main.Map[go.shape.func bool]"),
    ("org.Example.<init>", "org.Example.<init>"),
    ("a::b) c(d)", "a::b) c(d)"),
    ("a::(b)(c", "a::(c"),
  ])
  func `what looks like C++ loses its arguments`(full: String, simple: String) {
    #expect(name(of: full) == simple)
  }

  @Test func `a name that differs from the linker's stays unless forced`() {
    #expect(name(of: "a::b(int)", systemName: "other") == "a::b(int)")
    var forced = NameSimplification()
    forced.isForced = true
    #expect(name(of: "a::b(int)", systemName: "x::y(int)", forced) == "x::y")
  }

  @Test func `template arguments can stay`() {
    var templates = NameSimplification()
    templates.dropsTemplateArguments = false
    #expect(name(of: "a::b<int>(long)", templates) == "a::b<int>")
  }

  @Test(arguments: [
    ("_ZN4shop5Price6formatEv", "shop::Price::format"),
    ("_Z3fooi", "foo"),
    ("__ZN1a1bEv", "a::b"),
    ("_ZNSt6vectorIiSaIiEE9push_backERKi", "std::vector::push_back"),
    ("_ZNKSt3mapISsSt4pairIKSsN1a1bIXLb1EEEEESaIcEE4findERS1_", "std::map::find"),
    ("_ZNK5Shape4areaILi3ELb0EEEdv", "Shape::area"),
    ("_ZN5ShapeC2Ev", "Shape::Shape"),
    ("_ZN5ShapeD0Ev", "Shape::~Shape"),
    ("_ZlsRSoRK5Shape", "operator<<"),
    ("_ZN12_GLOBAL__N_13runEv", "(anonymous namespace)::run"),
    ("_ZN1a4nameB5cxx11Ev", "a::name[abi:cxx11]"),
    ("_ZNSt8functionIFvPKcEEclES1_", "std::function::operator()"),
    ("_ZN4core3fmt5write17h0123456789abcdefE", "core::fmt::write"),
    (
      "_ZN40_$LT$T$u20$as$u20$core..fmt..Display$GT$3fmt17h0123456789abcdefE.llvm.1",
      "<T as core::fmt::Display>::fmt"
    ),
    ("_ZTV5Shape", "vtable for Shape"), ("_ZN", "_ZN"), ("_Z99x", "_Z99x"), ("_Z", "_Z"),
    ("_ZN1aIIIIIIII", "_ZN1aIIIIIIII"),
  ])
  func `mangled names are read as far as they are shown`(mangled: String, shown: String) {
    #expect(name(of: mangled) == shown)
  }

  @Test func `mangled names stay where that is asked for`() {
    var mangled = NameSimplification()
    mangled.keepsMangledNames = true
    mangled.isForced = true
    #expect(name(of: "shop", systemName: "_ZN4shop5PriceC1Ev", mangled) == "_ZN4shop5PriceC1Ev")
    #expect(name(of: "a::b<int>(long)", mangled) == "a::b<int>(long)")
  }

  @Test func `damaged mangled names are left alone`() {
    let whole = Array("_ZNSt8functionIFvPKcN1a1bILi3ES1_EDpT_EEclES1_".utf8)
    var random = SplitMix(state: 3)
    for _ in 0..<2000 {
      var bytes = Array(whole.prefix(random.next(below: whole.count + 1)))
      if !bytes.isEmpty {
        bytes[random.next(below: bytes.count)] = whole[random.next(below: whole.count)]
      }
      _ = name(of: String(decoding: bytes, as: UTF8.self))
    }
  }
}
