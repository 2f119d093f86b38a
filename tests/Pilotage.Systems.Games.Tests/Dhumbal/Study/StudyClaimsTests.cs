using Pilotage.Evaluation;
using Pilotage.Systems.Games.Dhumbal;
using Xunit;

namespace Pilotage.Systems.Games.Tests.Dhumbal.Study;

public class StudyClaimsTests
{
    private const int Seeds = 10;

    // Every player measures the same; one is better by a shift, with noise of its seeds.
    private static Verdict Judge(string claim, string player, double shift, double noise)
    {
        var results = new StudyResults();
        foreach (var name in AgentNames.BuiltIn.Concat(AgentNames.Learners))
        {
            for (var seed = 0; seed < Seeds; seed++)
            {
                var own = name == player ? shift + noise * (seed % 2 == 0 ? 1.01 : -1) : 0;
                var measured = new List<Measurement> { new(StudyMetrics.Coins(StudyMetrics.Field), "x", 100 * own) };
                foreach (var (table, _) in StudyGames.Tables.Where(table => table.Value.Contains(name)))
                {
                    measured.Add(new(StudyMetrics.Coins(table), table, 100 * own));
                    measured.Add(new(StudyMetrics.Wins(table), table, (table == StudyMetrics.Paper ? Published(name) : 0.25) + own));
                    if (table == StudyMetrics.Rules) measured.Add(new(StudyMetrics.CallSuccess, table, 0.5 + own));
                    if (table == StudyMetrics.FirstSeat) measured.Add(new(StudyMetrics.FirstSeat, table, 0.27 + own));
                }
                results.Add(name, seed, measured);
            }
        }
        return JudgedClaim.Of(StudyClaims.All().Single(c => c.Id == claim), results, Scale.Laptop).Verdict;
    }

    private static double Published(string name) => name switch { "aggressive" => 0.351, "conservative" => 0.194, "balanced" => 0.251, _ => 0.204 };

    public static TheoryData<string, string, double, double, Verdict> Cases()
    {
        var cases = new TheoryData<string, string, double, double, Verdict>();
        foreach (var (claim, player) in new[]
        {
            ("a-ismcts", "aggressive"), ("a-ppo-paper", "aggressive"), ("a-random", "aggressive"), ("b", "ismcts"), ("c-random", "ppo"), ("c-ppo-paper", "ppo"), ("d-success", "conservative"),
            ("e-seat", "aggressive"), ("best-rule", "aggressive"), ("playouts", "ismcts-rules"), ("final-search", "ismcts-rules"),
        })
        {
            cases.Add(claim, player, 0.1, 0.02, Verdict.Reproduced);
            cases.Add(claim, player, -0.1, 0.02, Verdict.NotReproduced);
            cases.Add(claim, player, 0.005, 0.1, Verdict.Inconclusive);
        }
        cases.Add("ppo-rule", "ppo", 0, 0.002, Verdict.Reproduced);
        cases.Add("ppo-rule", "ppo", -0.1, 0.02, Verdict.NotReproduced);
        cases.Add("ppo-rule", "ppo", -0.01, 0.1, Verdict.Inconclusive);
        cases.Add("d-wins", "conservative", -0.1, 0.02, Verdict.Reproduced);
        cases.Add("d-wins", "conservative", 0.1, 0.02, Verdict.NotReproduced);
        cases.Add("d-wins", "conservative", -0.005, 0.1, Verdict.Inconclusive);
        foreach (var name in AgentNames.Rules)
        {
            cases.Add($"e-{name}", name, 0, 0.005, Verdict.Reproduced);
            cases.Add($"e-{name}", name, 0.08, 0.005, Verdict.NotReproduced);
            cases.Add($"e-{name}", name, -0.08, 0.005, Verdict.NotReproduced);
            cases.Add($"e-{name}", name, 0.04, 0.02, Verdict.Inconclusive);
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Claims_APlayerShifted_GetTheVerdictOfTheShift(string claim, string player, double shift, double noise, Verdict expected) => Assert.Equal(expected, Judge(claim, player, shift, noise));

    [Fact]
    public void Cases_CoverEveryClaim() =>
        Assert.Equal(StudyClaims.All().Select(claim => claim.Id).Order(), Cases().Select(row => row.Data.Item1).Distinct().Order());

    [Fact]
    public void Beats_CoinsWithoutWins_IsNotEnough()
    {
        // Coins rise, wins fall: both must hold.
        var results = new StudyResults();
        foreach (var name in StudyGames.Tables[StudyMetrics.Championship])
            for (var seed = 0; seed < Seeds; seed++)
                results.Add(name, seed, [new(StudyMetrics.Coins(StudyMetrics.Championship), "x", name == "ismcts" ? 50 + seed : 0), new(StudyMetrics.Wins(StudyMetrics.Championship), "x", name == "ismcts" ? 0.1 + seed / 1000.0 : 0.3)]);
        Assert.Equal(Verdict.NotReproduced, JudgedClaim.Of(StudyClaims.All().Single(c => c.Id == "b"), results, Scale.Laptop).Verdict);
    }
}
