using Pilotage.Lab.Sweeps.Tuners;
using Xunit;

namespace Pilotage.Lab.Tests.Sweeps.Tuners;

public sealed class HalvingTunerTests
{
    // 24 whole trainings over three rounds: 8 each, so 8 * 9 on a ninth, 8 * 3 on a third, 8 on all.
    [Theory]
    [InlineData(24, 3, 3, new[] { 72, 24, 8 })]
    [InlineData(12, 2, 3, new[] { 16, 8, 4 })]
    [InlineData(10, 3, 2, new[] { 15, 5 })]
    [InlineData(3, 3, 3, new[] { 9, 3, 1 })]
    [InlineData(7, 3, 3, new[] { 21, 7, 2 })]
    public void SizesOf_SpendTheBudgetEvenlyOverRounds(int trials, int eta, int rounds, int[] sizes) => Assert.Equal(sizes, HalvingTuner.SizesOf(trials, eta, rounds));

    [Fact]
    public void ShareOf_GrowsByEtaToTheWhole() => Assert.Equal([1.0 / 9, 1.0 / 3, 1], Enumerable.Range(0, 3).Select(rung => HalvingTuner.ShareOf(rung, 3, 3)));

    [Fact]
    public void Next_PromotesTheBestOfEachRound_AndTrainsThemAnew()
    {
        // Scores by index: the later, the better, but for the default, which is best of all on little budget and worst on much.
        var findings = TunerCases.Run(new HalvingTuner(TunerCases.Square, TunerCases.Start, 3, 3, 3, SeedTree.Root(2)),
            proposal => proposal.Candidate.IsDefault ? 100 - 1000 * proposal.Rung : proposal.Candidate.Index);

        Assert.Equal(
            ["default", "c001", "c002", "c003", "c004", "c005", "c006", "c007", "c008", "default.r1", "c007.r1", "c008.r1", "c008.r2"],
            findings.Select(finding => finding.Proposal.Arm));
        Assert.Equal(1.0 / 3, findings[9].Proposal.Share);
        Assert.Equal(1, findings[^1].Proposal.Share);
    }

    [Fact]
    public void Next_Ties_PromoteWhoCameFirst_AndNobodyWhoFailed()
    {
        var tuner = new HalvingTuner(TunerCases.Square, TunerCases.Start, 3, 3, 3, SeedTree.Root(2));

        var findings = TunerCases.Run(tuner, proposal => proposal.Candidate.Index is 1 or 2 or 4 ? double.NaN : proposal.Candidate.Index > 6 ? -1 : 0);

        Assert.Equal(["default.r1", "c003.r1", "c005.r1", "default.r2"], findings.Skip(9).Select(finding => finding.Proposal.Arm));
    }

    [Fact]
    public void Next_AllFailed_Ends() => Assert.Equal(9, TunerCases.Run(new HalvingTuner(TunerCases.Square, TunerCases.Start, 3, 3, 3, SeedTree.Root(2)), _ => double.NaN).Count);

    [Fact]
    public void Cost_IsWhatTheRoundsTake()
    {
        var tuner = new HalvingTuner(TunerCases.Square, TunerCases.Start, 24, 3, 3, SeedTree.Root(2));

        var findings = TunerCases.Run(tuner, TunerCases.Hill);

        Assert.Equal(24, tuner.Cost, 12);
        Assert.Equal(tuner.Cost, findings.Sum(finding => finding.Proposal.Share), 12);
        Assert.Equal(tuner.ArmCount, findings.Count);
    }
}
