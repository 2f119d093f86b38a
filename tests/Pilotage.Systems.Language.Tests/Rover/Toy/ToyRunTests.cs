using Pilotage.Systems.Language.Rover;
using Xunit;

namespace Pilotage.Systems.Language.Tests.Rover.Toy;

public sealed class ToyRunTests
{
    [Fact(Explicit = true)]
    public void Sweep()
    {
        var run = new ToyRun(256, 150);
        foreach (var rate in new[] { 0.3, 1, 3 })
        {
            foreach (var (name, rule) in new[] { ("rover", ToyRule.Rover(1, 1, 30, rate)), ("rover-0", ToyRule.Rover(1, 0, 30, rate)), ("grpo", ToyRule.Grpo(0.2, 30, rate)), ("reinforce", ToyRule.Reinforce(rate)) })
            {
                var started = System.Diagnostics.Stopwatch.GetTimestamp();
                var ends = Enumerable.Range(1000, 4).Select(seed => run.Learn(rule, SeedTree.Root(seed), CancellationToken.None)[^1]).ToList();
                TestContext.Current.TestOutputHelper!.WriteLine($"{rate} {name}: {string.Join("  ", ends.Select(end => $"{end.Success:0.0000}/{end.Modes}"))}  {System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
            }
            TestContext.Current.TestOutputHelper!.WriteLine($"{rate} q: {string.Join("  ", Enumerable.Range(1000, 4).Select(seed => run.LearnValues(Math.Min(1, rate), 0.1, SeedTree.Root(seed), CancellationToken.None)[^1]))}");
        }
    }
}
