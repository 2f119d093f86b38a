using Pilotage.Evaluation;
using Pilotage.Systems.Governance.DelayedRepression;
using Xunit;

namespace Pilotage.Systems.Governance.Tests.DelayedRepression.Study;

public sealed class StudyClaimsTests
{
    private const int Seeds = 50;
    private static readonly SocietyDesign Design = SocietyDesign.Of(new());

    private static Verdict Judge(string claim, Func<string, string, SocietyCell, double>? share = null, Func<string, double, double>? loops = null, Func<double, double>? squares = null, double margin = 0.1)
    {
        var results = new StudyResults();
        foreach (var arm in new[] { StudyArms.Fixed, StudyArms.Reactive, StudyArms.Learning, StudyArms.Governed })
            for (var seed = 0; seed < Seeds; seed++) results.Add(arm, seed, [.. Societies(arm, seed, share ?? ((_, _, _) => 0))]);
        double[] critical = [.. Enumerable.Range(0, 25).Select(i => 0.1 + i)];
        results.Add(StudyArms.ClosedForm, 0, [.. critical.Select((value, i) => new Measurement(StudyMetrics.CriticalDelay, $"{i}", value))]);
        results.Add(StudyArms.Solver, 0,
        [
            .. critical.Select((value, i) => new Measurement(StudyMetrics.CriticalDelay, $"{i}", loops?.Invoke($"{i}", value) ?? value)),
            .. StudyArms.JustBeyond.Select(multiple => new Measurement(StudyMetrics.Amplitude, StudyArms.BeyondPath(multiple), Math.Sqrt(Math.Max(0, squares?.Invoke(multiple - 1) ?? multiple - 1)))),
            .. StudyArms.JustBeyond.Select((multiple, i) => new Measurement(StudyMetrics.Margin, StudyArms.BeyondPath(multiple), i == 3 ? margin : 0.2)),
        ]);
        return JudgedClaim.Of(new StudyClaims(Design).All().Single(c => c.Id == claim), results, Scale.Laptop).Verdict;
    }

    // The first runs say yes, as many as the share asks for; of the governed arm the last, so that its differences to another vary.
    private static IEnumerable<Measurement> Societies(string arm, int seed, Func<string, string, SocietyCell, double> share)
    {
        foreach (var (cells, metrics) in new (IReadOnlyList<SocietyCell>, string[])[]
        {
            (Design.Crossed, [StudyMetrics.Full, StudyMetrics.Tail]), (Design.Sweep, [StudyMetrics.SweepFull]), (Design.Sharpness, [StudyMetrics.SharpnessFull]), ([Design.Governance], [StudyMetrics.GovernanceFull]),
        })
            foreach (var cell in cells)
                foreach (var metric in metrics)
                    yield return new(metric, cell.Path, (arm == StudyArms.Governed ? Seeds - 1 - seed : seed) < Seeds * share(arm, metric, cell) ? 1 : 0);
    }

    private static Func<string, string, SocietyCell, double> Only(string arm, string metric, Func<SocietyCell, double> share, double others = 0) =>
        (a, m, cell) => a == arm && m == metric ? share(cell) : others;

    [Theory]
    [InlineData(1.01, Verdict.Reproduced)]
    [InlineData(1.03, Verdict.NotReproduced)]
    [InlineData(0.97, Verdict.NotReproduced)]
    public void A_OneLoopOff_DecidesByItsDistance(double factor, Verdict expected) => Assert.Equal(expected, Judge("a", loops: (name, value) => name == "7" ? factor * value : value));

    [Fact]
    public void B_LinearCurvedAndOutside_AreToldApart()
    {
        Assert.Equal(Verdict.Reproduced, Judge("b"));
        Assert.Equal(Verdict.NotReproduced, Judge("b", squares: x => x > 0.05 ? 0.1 - x : x));
        Assert.Equal(Verdict.Reproduced, Judge("b-inside"));
        Assert.Equal(Verdict.NotReproduced, Judge("b-inside", margin: -1e-9));
    }

    [Theory]
    [InlineData("c", StudyArms.Fixed, StudyMetrics.Tail, 0, Verdict.Reproduced)]
    [InlineData("c", StudyArms.Fixed, StudyMetrics.Tail, 0.06, Verdict.Inconclusive)]
    [InlineData("c", StudyArms.Fixed, StudyMetrics.Tail, 0.5, Verdict.NotReproduced)]
    [InlineData("d-none", StudyArms.Reactive, StudyMetrics.Full, 0, Verdict.Reproduced)]
    [InlineData("d-none", StudyArms.Reactive, StudyMetrics.Full, 0.5, Verdict.NotReproduced)]
    [InlineData("d-none", StudyArms.Reactive, StudyMetrics.Full, 0.06, Verdict.Inconclusive)]
    [InlineData("d", StudyArms.Reactive, StudyMetrics.Full, 1, Verdict.Reproduced)]
    [InlineData("d", StudyArms.Reactive, StudyMetrics.Full, 0.5, Verdict.NotReproduced)]
    [InlineData("d", StudyArms.Reactive, StudyMetrics.Full, 0.84, Verdict.Inconclusive)]
    [InlineData("d-tail", StudyArms.Reactive, StudyMetrics.Tail, 1, Verdict.Reproduced)]
    [InlineData("d-tail", StudyArms.Reactive, StudyMetrics.Tail, 0.2, Verdict.NotReproduced)]
    [InlineData("d-tail", StudyArms.Reactive, StudyMetrics.Tail, 0.56, Verdict.Inconclusive)]
    [InlineData("e-above", StudyArms.Learning, StudyMetrics.Full, 0.6, Verdict.Reproduced)]
    [InlineData("e-above", StudyArms.Learning, StudyMetrics.Full, 0, Verdict.Inconclusive)]
    public void Rates_EvenOverCells_DecideByTheirInterval(string claim, string arm, string metric, double share, Verdict expected) => Assert.Equal(expected, Judge(claim, Only(arm, metric, _ => share)));

    [Theory]
    [InlineData(0.4, Verdict.Reproduced)]
    [InlineData(1.0, Verdict.NotReproduced)]
    [InlineData(0.72, Verdict.Inconclusive)]
    public void EBelow_AgainstReactiveAtSevenTenths_DecidesByThePairedDifference(double share, Verdict expected) =>
        Assert.Equal(expected, Judge("e-below", (arm, _, _) => arm == StudyArms.Reactive ? 0.7 : share));

    [Theory]
    [InlineData("f", StudyMetrics.Full)]
    [InlineData("f-sweep", StudyMetrics.SweepFull)]
    public void Trend_RisingFallingFlat_AreToldApart(string claim, string metric)
    {
        Assert.Equal(Verdict.Reproduced, Judge(claim, Only(StudyArms.Learning, metric, cell => cell.Delay / 40.0)));
        Assert.Equal(Verdict.NotReproduced, Judge(claim, Only(StudyArms.Learning, metric, cell => 0.8 - cell.Delay / 40.0)));
        Assert.Equal(Verdict.Inconclusive, Judge(claim, Only(StudyArms.Learning, metric, _ => 0.5)));
    }

    [Fact]
    public void Sharpness_RisingFallingFlat_AreToldApart()
    {
        Assert.Equal(Verdict.Reproduced, Judge("f-sharpness", Only(StudyArms.Learning, StudyMetrics.SharpnessFull, cell => cell.Sharpness / 50)));
        Assert.Equal(Verdict.NotReproduced, Judge("f-sharpness", Only(StudyArms.Learning, StudyMetrics.SharpnessFull, cell => 1 - cell.Sharpness / 50)));
        Assert.Equal(Verdict.Inconclusive, Judge("f-sharpness", Only(StudyArms.Learning, StudyMetrics.SharpnessFull, _ => 0.5)));
    }

    [Theory]
    [InlineData(0.6, Verdict.Reproduced)]
    [InlineData(0, Verdict.NotReproduced)]
    [InlineData(0.14, Verdict.Inconclusive)]
    public void FTail_AtTheLongestDelay_DecidesByWhatIsAddedToNoDelay(double share, Verdict expected) =>
        Assert.Equal(expected, Judge("f-tail", Only(StudyArms.Learning, StudyMetrics.Tail, cell => cell == Design.Crossed[^1] ? share : 0)));

    [Theory]
    [InlineData(0.2, Verdict.Reproduced)]
    [InlineData(0.8, Verdict.NotReproduced)]
    [InlineData(0.5, Verdict.Inconclusive)]
    public void G_AgainstAStaticRegulatorAtOneHalf_DecidesByTheDifference(double share, Verdict expected) =>
        Assert.Equal(expected, Judge("g", (arm, _, _) => arm == StudyArms.Governed ? share : 0.5));
}
