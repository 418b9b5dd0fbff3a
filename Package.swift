// swift-tools-version: 6.2
import PackageDescription

/// Every target of ours: Swift 6 mode, and a warning is an error.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
]

/// `PROFTUI_STATIC=1` links the C libraries into the binary, which is what `make install` installs.
let isStatic = Context.environment["PROFTUI_STATIC"] == "1"
func system(_ names: String...) -> [LinkerSetting] {
  names.map { .linkedLibrary(isStatic ? ":lib\($0).a" : $0) }
}

let package = Package(
  name: "proftui",
  products: [
    .executable(name: "proftui", targets: ["proftui"]),
    .library(
      name: "ProfileKit",
      targets: [
        "ProfileModel", "ProfileFormats", "ProfileAnalysis", "GoBinary", "EscapeAnalysis",
        "LeakFindings", "Reports",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // Shims
    .target(name: "CDeflate", linkerSettings: system("deflate")),
    .target(name: "CZstd", linkerSettings: system("zstd")),
    .target(name: "CPCRE2", linkerSettings: system("pcre2-8")),
    .target(name: "CNcurses", linkerSettings: system("ncursesw", "tinfo")),
    .target(name: "CJSON", linkerSettings: system("json-c")),
    .target(name: "CMemory"),
    .target(name: "CCurl"),  // This and the next are opened when first needed, not linked.
    .target(name: "CISAL"),

    // Core
    .target(
      name: "ProfileModel", dependencies: ["CMemory"],
      swiftSettings: strict + [.enableExperimentalFeature("Lifetimes")]),
    .target(
      name: "ProfileFormats", dependencies: ["ProfileModel", "CDeflate", "CISAL", "CZstd"],
      swiftSettings: strict),
    .target(
      name: "ProfileAnalysis", dependencies: ["ProfileModel", "CPCRE2"], swiftSettings: strict),
    .target(name: "GoBinary", swiftSettings: strict),
    .target(name: "JSONReading", dependencies: ["CJSON"], swiftSettings: strict),
    .target(
      name: "EscapeAnalysis",
      dependencies: ["GoBinary", "JSONReading", "ProfileAnalysis", "ProfileModel"],
      swiftSettings: strict),
    .target(
      name: "LeakFindings", dependencies: ["EscapeAnalysis", "ProfileAnalysis", "ProfileModel"],
      swiftSettings: strict),
    .target(
      name: "Reports",
      dependencies: ["LeakFindings", "EscapeAnalysis", "ProfileAnalysis", "ProfileModel"],
      swiftSettings: strict),

    // Screen
    .target(name: "TerminalUI", swiftSettings: strict),
    .target(
      name: "Inspector",
      dependencies: [
        "TerminalUI", "Reports", "LeakFindings", "EscapeAnalysis", "ProfileAnalysis",
        "ProfileModel",
      ],
      swiftSettings: strict),

    // Rim
    .target(name: "LiveSources", dependencies: ["CCurl", "JSONReading"], swiftSettings: strict),
    .target(
      name: "NcursesTerminal", dependencies: ["TerminalUI", "CNcurses"], swiftSettings: strict),
    .executableTarget(
      name: "proftui",
      dependencies: [
        "Inspector", "LiveSources", "NcursesTerminal", "TerminalUI", "Reports", "EscapeAnalysis",
        "GoBinary", "ProfileAnalysis", "ProfileFormats", "ProfileModel", "CMemory",
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "proftui-bench",
      dependencies: [
        "Inspector", "TerminalUI", "ProfileAnalysis", "ProfileFormats", "ProfileModel", "CDeflate",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // Tests
    .target(
      name: "TestSupport", dependencies: ["ProfileFormats", "ProfileModel", "TerminalUI"],
      path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(
      name: "ProfileModelTests", dependencies: ["ProfileModel", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ProfileFormatsTests", dependencies: ["ProfileFormats", "ProfileModel", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ProfileAnalysisTests",
      dependencies: ["ProfileAnalysis", "ProfileFormats", "ProfileModel", "TestSupport"],
      exclude: ["Data"], swiftSettings: strict),
    .testTarget(
      name: "GoBinaryTests",
      dependencies: ["GoBinary", "ProfileFormats", "ProfileModel", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "EscapeAnalysisTests",
      dependencies: [
        "EscapeAnalysis", "GoBinary", "ProfileAnalysis", "ProfileFormats", "ProfileModel",
        "TestSupport",
      ], swiftSettings: strict),
    .testTarget(
      name: "LeakFindingsTests",
      dependencies: [
        "LeakFindings", "EscapeAnalysis", "GoBinary", "ProfileFormats", "ProfileModel",
        "TestSupport",
      ], swiftSettings: strict),
    .testTarget(
      name: "ReportsTests",
      dependencies: [
        "Reports", "EscapeAnalysis", "ProfileAnalysis", "ProfileFormats", "ProfileModel",
        "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "TerminalUITests", dependencies: ["TerminalUI", "TestSupport"],
      exclude: ["Goldens"], swiftSettings: strict),
    .testTarget(
      name: "InspectorTests",
      dependencies: [
        "Inspector", "TerminalUI", "Reports", "EscapeAnalysis", "GoBinary", "ProfileAnalysis",
        "ProfileFormats", "ProfileModel", "TestSupport",
      ],
      exclude: ["Goldens"], swiftSettings: strict),
    .testTarget(
      name: "NcursesTerminalTests",
      dependencies: ["NcursesTerminal", "TerminalUI", "CNcurses", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "LiveSourcesTests", dependencies: ["LiveSources", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ProftuiTests",
      dependencies: [
        "proftui", "TerminalUI", "TestSupport", "LiveSources", "ProfileFormats", "ProfileModel",
      ],
      exclude: ["deliberate-differences.tsv", "Servers"], swiftSettings: strict),
  ]
)
