using Pilotage.Lab.Sweeps.Search;
using Pilotage.Lab.Sweeps.Tuners;
using Xunit;

namespace Pilotage.Lab.Tests.Sweeps.Tuners;

public sealed class BayesianTunerTests
{
    private static BayesianTuner Tuner(int trials, int batch = 1, int seed = 1) => new(TunerCases.Square, TunerCases.Start, trials, batch, SeedTree.Root(seed));

    // Over eight seeds, since one may be lucky: with 20 trials the model's best is far nearer to the top than chance's.
    [Fact]
    public void Next_SmoothHill_ComesNearerThanChance()
    {
        double Missed(ITuner tuner) => 1 - TunerCases.Run(tuner, TunerCases.Hill).Max(finding => finding.Score);

        var model = Enumerable.Range(0, 8).Average(seed => Missed(Tuner(20, seed: seed)));
        var chance = Enumerable.Range(0, 8).Average(seed => Missed(new RandomTuner(TunerCases.Square, TunerCases.Start, 20, SeedTree.Root(seed))));

        Assert.True(model < 1e-3, $"missed the top by {model}");
        Assert.True(model < chance / 5, $"{model} against {chance}");
    }

    [Fact]
    public void Next_FirstCandidates_AreThoseOfRandomSearch()
    {
        var model = TunerCases.Run(Tuner(20), TunerCases.Hill);
        var random = TunerCases.Run(new RandomTuner(TunerCases.Square, TunerCases.Start, 6, SeedTree.Root(1)), TunerCases.Hill);

        Assert.Equal(random.Select(finding => TunerCases.Square.Name(finding.Proposal.Candidate.Values)), model.Take(6).Select(finding => TunerCases.Square.Name(finding.Proposal.Candidate.Values)));
    }

    [Fact]
    public void Next_SameFindings_SameProposals()
    {
        var first = TunerCases.Run(Tuner(14), TunerCases.Hill);

        Assert.Equal(first.Select(finding => TunerCases.Square.Name(finding.Proposal.Candidate.Values)), TunerCases.Run(Tuner(14), TunerCases.Hill).Select(finding => TunerCases.Square.Name(finding.Proposal.Candidate.Values)));
        Assert.Equal(14, first.Select(finding => TunerCases.Square.Name(finding.Proposal.Candidate.Values)).Distinct().Count());
    }

    [Fact]
    public void Next_ABatch_IsApart()
    {
        var tuner = Tuner(30, batch: 4);
        var first = tuner.Next([]).Select(proposal => new Finding(proposal, TunerCases.Hill(proposal)) { Seeds = [0] }).ToList();

        var next = tuner.Next(first);

        Assert.Equal(4, next.Count);
        Assert.Equal(4, next.Select(proposal => TunerCases.Square.Name(proposal.Candidate.Values)).Distinct().Count());
    }

    // Half of the square breaks; the search leaves it, and finds the top of the other half.
    [Fact]
    public void Next_WhereItFails_IsLeftAlone()
    {
        var findings = TunerCases.Run(Tuner(24), proposal => TunerCases.Number(proposal, 0) < 0.5 ? double.NaN : TunerCases.Hill(proposal));

        Assert.True(findings.Skip(6).Count(finding => finding.IsFailed) <= 5, "it goes on where it fails");      // 9 of 18 by chance
        Assert.True(Finding.Ranked(findings).First().Score > 0.87);                 // the top of the half that works is 0.91, on its border
    }

    [Fact]
    public void Next_NamesBesideNumbers_FindsTheBestName()
    {
        var space = new SearchSpace([new("x", RangeKind.Linear) { High = 1 }, new("load", RangeKind.List) { Values = ["heavy", "light", "none"] }]);

        var findings = TunerCases.Run(new BayesianTuner(space, ["5", "heavy"], 20, 1, SeedTree.Root(4)), proposal => -Math.Pow(TunerCases.Number(proposal, 0) - 0.6, 2) + (proposal.Candidate.Values[1] == "none" ? 0.5 : 0));

        Assert.Equal("none", Finding.Ranked(findings).First().Proposal.Candidate.Values[1]);
        Assert.True(Finding.Ranked(findings).First().Score > 0.495);
    }

    [Fact]
    public void Next_SpaceUsedUp_Ends()
    {
        var space = new SearchSpace([new("x", RangeKind.Linear) { Low = 1, High = 5, IsWhole = true }]);

        Assert.Equal(5, TunerCases.Run(new BayesianTuner(space, ["1"], 40, 1, SeedTree.Root(4)), proposal => TunerCases.Number(proposal, 0)).Count);
    }
}
