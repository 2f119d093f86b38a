using Pilotage.Evaluation;
using Pilotage.Systems.Language.MiniLab;
using Pilotage.Systems.Language.Rec;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Language.Tests.Rec.Study;

public sealed class RecClaimsTests
{
    private const int Seeds = 8, Problems = 12;

    [Theory]
    [InlineData("2-importance", "lag/oneside-nois", MiniLabMetrics.Pass1, 0.31, 0.005, Verdict.Reproduced)]
    [InlineData("2-importance", "lag/oneside-nois", MiniLabMetrics.Pass1, 0.40, 0.005, Verdict.NotReproduced)]
    [InlineData("2-importance", "lag/oneside-nois", MiniLabMetrics.Pass1, 0.33, 0.05, Verdict.Inconclusive)]
    [InlineData("3-clipped", "lag/grpo", MiniLabMetrics.Pass1, 0.36, 0.005, Verdict.Reproduced)]
    [InlineData("3-clipped", "lag/reinforce", MiniLabMetrics.Pass1, 0.50, 0.005, Verdict.NotReproduced)]
    [InlineData("3-divergence", "lag/reinforce", MiniLabMetrics.KlOld, 0.5, 0.01, Verdict.Reproduced)]
    [InlineData("3-divergence", "lag/reinforce", MiniLabMetrics.KlOld, 0.1, 0.01, Verdict.NotReproduced)]
    [InlineData("3-collapse", "lag/reinforce", MiniLabMetrics.Pass1, 0.05, 0.005, Verdict.Reproduced)]
    [InlineData("3-collapse", "lag/reinforce", MiniLabMetrics.Pass1, 0.30, 0.005, Verdict.NotReproduced)]
    [InlineData("4-wide", "on/oneside-nois-wide", MiniLabMetrics.Area, 0.30, 0.005, Verdict.Reproduced)]
    [InlineData("4-wide", "on/oneside-nois-wide", MiniLabMetrics.Area, 0.25, 0.005, Verdict.NotReproduced)]
    [InlineData("5-drop", "lag/red-drop", MiniLabMetrics.Pass1, 0.30, 0.005, Verdict.Reproduced)]
    [InlineData("5-drop", "lag/red-drop", MiniLabMetrics.Pass1, 0.20, 0.005, Verdict.NotReproduced)]
    [InlineData("5-weight", "lag/red-weight", MiniLabMetrics.Pass1, 0.30, 0.005, Verdict.Reproduced)]
    [InlineData("5-weight", "lag/red-weight", MiniLabMetrics.Pass1, 0.20, 0.005, Verdict.NotReproduced)]
    [InlineData("1-asymre-0.3", "bandit-asymre-0.3", RecMetrics.BanditError, 0.0001, 0, Verdict.Reproduced)]
    [InlineData("1-asymre-0.3", "bandit-asymre-0.3", RecMetrics.BanditError, 0.01, 0, Verdict.NotReproduced)]
    public void Claims_BothSidesAndBetween_GetTheirVerdicts(string claim, string arm, string metric, double value, double noise, Verdict expected) => Assert.Equal(expected, Judge(claim, arm, metric, value, noise));

    [Fact]
    public void Smoke_Runs_JudgesEveryClaimAndDrawsEveryFigure()
    {
        using var folder = new TemporaryFolder();
        var study = RecStudy.Create(new() { Lab = new() { WarmStartFolder = folder.Path } }, Scale.Smoke, null);
        var outcome = StudyRunner.Run(study, new() { Scale = Scale.Smoke }, TestContext.Current.CancellationToken);
        Assert.All(outcome.Claims, claim => Assert.Equal(Verdict.NotEvaluated, claim.Verdict));
        Assert.Equal(9, study.Plots(outcome).Count);
    }

    [Fact]
    public void Create_LagThatIsNone_IsRefused() =>
        Snapshot.Matches(Assert.Throws<UserMistakeException>(() => RecStudy.Create(new() { SyncInterval = 1, SyncOffset = 0 }, Scale.Smoke, null)).Message, "no_lag");

    // Every arm at 0.3 but the one named; the warm start at 0.15.
    private static Verdict Judge(string claim, string arm, string metric, double value, double noise)
    {
        var results = new StudyResults();
        string[] learned = [.. new[] { "reinforce", "grpo", "oneside-is", "oneside-nois", "oneside-nois-wide", "red-drop", "red-weight" }.Select(member => $"lag/{member}"), "on/oneside-nois", "on/oneside-nois-wide"];
        foreach (var name in learned.Append(RecArms.WarmStart))
        {
            for (var seed = 0; seed < Seeds; seed++)
            {
                double At(string which) => name == arm && which == metric ? value + noise * (seed % 2 == 0 ? 1.01 : -1) : Plain(name, which) + 1e-3 * Math.Sin(seed + name.Length);
                results.Add(name, seed,
                [
                    .. Enumerable.Range(0, Problems).Select(problem => new Measurement(MiniLabMetrics.Pass1, MiniLabMetrics.Instance("countdown", problem), At(MiniLabMetrics.Pass1) + 0.01 * Math.Cos(problem))),
                    new(MiniLabMetrics.KlOld, "countdown", At(MiniLabMetrics.KlOld)), new(MiniLabMetrics.Area, "countdown", At(MiniLabMetrics.Area)), new(MiniLabMetrics.StoppedEarly, "countdown", 0),
                    .. Enumerable.Range(1, 3).SelectMany(step => new[] { MiniLabMetrics.CurveEntropy, MiniLabMetrics.CurveReward }.Select(curve => new Measurement(curve, MiniLabMetrics.Instance("countdown", step), 0.3))),
                ]);
            }
        }
        foreach (var bandit in RecArms.Bandits.Keys) results.Add(RecArms.Bandit + bandit, 0, [new(RecMetrics.BanditError, "bandit", arm == RecArms.Bandit + bandit ? value : 0)]);
        return JudgedClaim.Of(new RecClaims("countdown").All().Single(c => c.Id == claim), results, Scale.Laptop).Verdict;
    }

    private static double Plain(string arm, string metric) => metric switch
    {
        MiniLabMetrics.KlOld => 0.2,
        _ => arm == RecArms.WarmStart ? 0.15 : 0.3,
    };
}
