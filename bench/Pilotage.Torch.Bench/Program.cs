using System.Text.Json;
using Pilotage.Evaluation.Reports;
using Pilotage.Torch.Bench;
using Pilotage.Workloads;

const string ProcessorTime = "--processor-time";          // of this thread, which does all the work: what other programs take from a busy machine does not count
var sections = new Dictionary<string, Func<IEnumerable<PairedRow>>>
{
    ["gemm"] = GemmBench.Run,
    ["update"] = UpdateBench.Run,
    ["sac"] = () => UpdateBench.Run("SAC update of 256", device => new SacUpdate(256, device)),
    ["inventory"] = UpdateBench.Inventory,
    ["language"] = LanguageBench.Run,
    ["transformer"] = () => new[] { (128, 64, 4), (128, 256, 4), (256, 64, 8), (256, 256, 8) }.SelectMany(size =>
        UpdateBench.Run($"transformer block {size.Item1}, 32 x {size.Item2}", device => new TransformerStep(32, size.Item2, size.Item1, size.Item3, device))),
    ["convolution"] = () => UpdateBench.Run("two convolutions, 64 x 16 x 16 x 32", device => new ConvolutionStep(64, device)),
};
var names = args.Where(argument => argument is not ("--json" or ProcessorTime)).ToList();
if (names is not [var name] || !sections.TryGetValue(name, out var run))
{
    Console.Error.WriteLine($"Usage: dotnet run --project bench/Pilotage.Torch.Bench -- {string.Join(" | ", sections.Keys)} [--json] [{ProcessorTime}]");
    return 2;
}
if (args.Contains(ProcessorTime)) Pairing.Clock = () => ProcessorClock.Seconds;
TorchSharp.torch.set_num_threads(1);
var rows = new List<PairedRow>();
foreach (var row in run())
{
    rows.Add(row);
    var told = args.Contains("--json") ? Console.Error : Console.Out;
    told.WriteLine(FormattableString.Invariant($"{row.Case,-36} {row.Value,10:N2} {row.Unit,-8} {row.Ratio,7:N2} [{row.Low:N2}, {row.High:N2}] times as fast as {row.Against}"));
}
if (args.Contains("--json")) Console.WriteLine(JsonSerializer.Serialize(new { name, machine = new ReportOrigin(name).Machine, rows }));
return 0;
