import Testing
@Suite struct PlaceholderProfileAnalysisTests {}
