using Pilotage.Systems.Language.DcpoDistribution;
using Pilotage.Systems.Language.MiniLab;
using Pilotage.Language.Groups;
using Xunit;
namespace Pilotage.Systems.Language.Tests.DcpoDistribution;
public sealed class ScratchTests(ITestOutputHelper output)
{
    [Fact]
    public void Look()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var lab = MiniLab.MiniLab.Countdown(new MiniLabConfig());
        _ = lab.Warm;
        output.WriteLine($"warm {watch.Elapsed}");
        var h = 0.655;
        var steps = int.Parse(Environment.GetEnvironmentVariable("STEPS") ?? "200");
        void Try(string name, Func<MiniLabTrial, ILanguageLearner> make)
        {
            var run = new MiniLabTrial(lab, lab.CopyOfWarm(), SeedTree.Root(1000));
            var learner = make(run);
            var e = new MiniLabEvaluation(lab);
            watch.Restart();
            var trace = new List<string>(); var norms = new List<double>();
            var sum = 0.0; var n = 0; var rewards = new List<double>();
            for (var i = 0; i < steps; i++)
            {
                learner.Iterate(default);
                var d = learner.Diagnostics.ToDictionary(x => x.Key, x => x.Value);
                rewards.Add(d["reward"]); norms.Add(d["gradient_norm"]);
                if (i % (steps / 20) == 0) trace.Add(FormattableString.Invariant($"{d["entropy"]:0.00}/{(d.TryGetValue("thermostat_weight", out var w) ? w : 0):0.00}"));
                if (i >= steps / 2) { sum += d["entropy"]; n++; }
            }
            var train = watch.Elapsed.TotalSeconds; watch.Restart();
            var f = e.Final(run.Model, run.Seeds, default).GroupBy(m => m.Metric).ToDictionary(g => g.Key, g => g.Average(m => m.Value));
            output.WriteLine(FormattableString.Invariant($"{name,-14} {train:0.0} s, final {watch.Elapsed.TotalSeconds:0.0} s; late H {sum / n:0.000} reward {rewards[^20..].Average():0.000} pass1 {f["pass_1"]:0.000} pass8 {f["pass_8"]:0.000} pass64 {f["pass_64"]:0.000} distinct {f["distinct_solutions"]:0.00} H {f["entropy"]:0.000} | {string.Join(" ", trace)}"));
        }
        Try("grpo", t => new Dcpo(new() { Batch = t.Batch, LargestError = 0 }, t.Model, t.Sampler, t.Problems, t.Seeds));
        foreach (var f in new[] { 0.25, 0.5, 0.75 })
            Try($"dcpo {f}", t => new Dcpo(new() { Batch = t.Batch, TargetEntropy = f * h }, t.Model, t.Sampler, t.Problems, t.Seeds));
        Try("dcpo .5 rho1", t => new Dcpo(new() { Batch = t.Batch, TargetEntropy = .5 * h, UseRatio = false }, t.Model, t.Sampler, t.Problems, t.Seeds));
        Try("adv", t => new EntropyAdvantage(new() { Batch = t.Batch }, t.Model, t.Sampler, t.Problems, t.Seeds));
        foreach (var w in new[] { 0.01, 0.03, 0.1 }) Try($"reg {w}", t => new EntropyRegularized(new() { Batch = t.Batch, EntropyWeight = w }, t.Model, t.Sampler, t.Problems, t.Seeds));
        Try("aepo", t => new Aepo(new() { Batch = t.Batch, TargetEntropy = .5 * h }, t.Model, t.Sampler, t.Problems, t.Seeds, temperature => new GroupSampler(new Pilotage.Language.Generation.Generator(t.Model), t.Task, t.Task.Tokenizer, new() { Temperature = temperature }, t.Task.MaximumResponse)));
        Assert.Fail("see");
    }
}
