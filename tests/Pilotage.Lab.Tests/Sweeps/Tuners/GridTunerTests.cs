using Pilotage.Lab.Sweeps.Search;
using Pilotage.Lab.Sweeps.Tuners;
using Xunit;

namespace Pilotage.Lab.Tests.Sweeps.Tuners;

public sealed class GridTunerTests
{
    private static readonly SearchSpace Space = new([new("x", RangeKind.List) { Values = ["0", "0.2", "0.9"] }, new("y", RangeKind.List) { Values = ["0.7", "0.9"] }]);

    [Fact]
    public void Next_EachCombinationOnce_TheDefaultFirst()
    {
        var findings = TunerCases.Run(new GridTuner(Space, ["5", "5"]), TunerCases.Hill);

        Assert.Equal(["5 5", "0 0.7", "0 0.9", "0.2 0.7", "0.2 0.9", "0.9 0.7", "0.9 0.9"], findings.Select(finding => string.Join(" ", finding.Proposal.Candidate.Values)));
        Assert.Equal(["default", "c001", "c002", "c003", "c004", "c005", "c006"], findings.Select(finding => finding.Proposal.Arm));
        Assert.Equal("c003", Finding.Ranked(findings).First().Proposal.Arm);        // exactly the top
    }

    [Fact]
    public void Next_DefaultOnTheGrid_IsNotTriedTwice() => Assert.Equal(6, new GridTuner(Space, ["0.9", "0.9"]).ArmCount);

    [Fact]
    public void Ranked_Ties_GoToWhoCameFirst_AndFailuresLast()
    {
        var findings = TunerCases.Run(new GridTuner(Space, ["5", "5"]), proposal => proposal.Candidate.Index switch { 2 => double.NaN, 4 or 3 => 1, _ => 0 });

        Assert.Equal(["c003", "c004", "default", "c001", "c005", "c006", "c002"], Finding.Ranked(findings).Select(finding => finding.Proposal.Arm));
    }
}
