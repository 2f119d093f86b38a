using Pilotage.Lab.Sweeps.Search;
using Pilotage.Lab.Sweeps.Tuners;
using Xunit;

namespace Pilotage.Lab.Tests.Sweeps.Tuners;

public sealed class RandomTunerTests
{
    [Fact]
    public void Next_LargerBudget_DrawsTheSameFirst()
    {
        var few = TunerCases.Run(new RandomTuner(TunerCases.Square, TunerCases.Start, 5, SeedTree.Root(1)), TunerCases.Hill);
        var many = TunerCases.Run(new RandomTuner(TunerCases.Square, TunerCases.Start, 12, SeedTree.Root(1)), TunerCases.Hill);

        Assert.Equal(few.Select(Name), many.Take(5).Select(Name));
        Assert.Equal("0.9 0.9", Name(few[0]));
        Assert.Equal(12, many.Select(Name).Distinct().Count());
    }

    [Fact]
    public void Next_SpaceOfFewValues_EndsOnceAllAreDrawn()
    {
        var space = new SearchSpace([new("x", RangeKind.Linear) { Low = 1, High = 3, IsWhole = true }, new("y", RangeKind.List) { Values = ["a", "b"] }]);

        var findings = TunerCases.Run(new RandomTuner(space, ["1", "a"], 50, SeedTree.Root(1)), _ => 0);

        Assert.Equal(6, findings.Count);
        Assert.Equal(6, findings.Select(Name).Distinct().Count());
    }

    private static string Name(Finding finding) => string.Join(" ", finding.Proposal.Candidate.Values);
}
