import Reports
import Testing

@Suite struct SparklineTests {
  @Test(arguments: [
    ([], 8, ""), ([5], 8, "▁"), ([5, 5], 8, "▁▁"), ([0, 7], 8, "▁█"), ([0, 1, 2, 3], 8, "▁▃▆█"),
    ([0, 0, 4, 4], 2, "▁█"), ([-4, 4], 8, "▁█"), ([.min, .max], 8, "▁█"), ([1, 2], 0, ""),
  ])
  func `values are bars from the least to the most`(values: [Int64], width: Int, bars: String) {
    #expect(Sparkline.text(values, width: width) == bars)
  }
}
