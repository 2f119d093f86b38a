using Pilotage.Algorithms.Offline;
using Pilotage.Evaluation;
using Pilotage.Systems.Control.DatasetPerspective;
using Xunit;

namespace Pilotage.Systems.Control.Tests.DatasetPerspective.Study;

/// <summary>Every claim on made-up results inside its region, outside it, and across its border.</summary>
public sealed class StudyClaimsTests
{
    private const int Seeds = 8;
    private static readonly string[] Algorithms = [.. OfflineCatalog.All.Select(entry => entry.Name)];
    private static readonly string[] Environments = ["cartpole", "lavagap"];

    // TQ and SACo of each kind as the paper has them, and for each score as a function of the two.
    private static readonly (string Kind, double Quality, double Coverage)[] Kinds = [("random", 0, 0.8), ("mixed", 0.2, 0.7), ("replay", 0.4, 1), ("noisy", 0.7, 0.6), ("expert", 1, 0.2)];

    public static TheoryData<string, string> Verdicts()
    {
        var data = new TheoryData<string, string>();
        foreach (var claim in new StudyClaims(Algorithms).All()) foreach (var world in new[] { "paper", "opposite", "noise" }) data.Add(claim.Id, world);
        return data;
    }

    [Theory, MemberData(nameof(Verdicts))]
    public void Judge_MadeUpResults_GivesEachVerdict(string id, string world)
    {
        var claim = new StudyClaims(Algorithms).All().Single(claim => claim.Id == id);
        var judged = JudgedClaim.Of(claim, Results(world), Scale.Laptop);
        Assert.Equal(world switch { "paper" => Verdict.Reproduced, "opposite" => Verdict.NotReproduced, _ => Verdict.Inconclusive }, judged.Verdict);
    }

    [Fact]
    public void All_WithoutAnAlgorithmThatClaimsSpeakOf_KeepsTheMeasures() => Assert.Equal(["5-quality", "5-coverage"], new StudyClaims(["bc", "dqn"]).All().Select(claim => claim.Id));

    [Fact]
    public void All_WithEightRuns_CouldPass() => Assert.All(new StudyClaims(Algorithms).All(), claim => Assert.True(claim.CanPass(claim.SmallestP!(Seeds)), claim.Id));

    private static StudyResults Results(string world)
    {
        var results = new StudyResults();
        for (var seed = 0; seed < Seeds; seed++)
        {
            var sign = seed % 2 == 0 ? 1.02 : -0.98;                    // of the noise that is as large as any effect
            var wobble = 0.01 * (seed - 3.5);
            var measures = Kinds.SelectMany(kind => Environments.Select(environment =>
            {
                var (quality, coverage) = world switch
                {
                    "paper" => (kind.Quality + wobble, kind.Coverage + wobble),
                    "opposite" => (1 - kind.Quality + wobble, (kind.Kind == "expert" ? 0.75 : kind.Coverage) + wobble),
                    _ => (0.5 + sign * (kind.Quality - 0.5), 0.6 + sign * (kind.Coverage - 0.6)),
                };
                return (Path: $"{environment}/{kind.Kind}", kind.Kind, Quality: quality, Coverage: coverage);
            })).ToList();
            results.Add(DatasetPerspectiveStudy.Behaviour, seed,
            [
                .. measures.SelectMany(m => new Measurement[]
                {
                    new(StudyMetrics.Score, m.Path, 100 * m.Quality), new(StudyMetrics.BestScore, m.Path, 100 * m.Quality), new(StudyMetrics.Quality, m.Path, m.Quality), new(StudyMetrics.Coverage, m.Path, m.Coverage),
                }),
            ]);
            foreach (var name in Algorithms)
            {
                var scores = measures.Select(m => (m.Path, Value: Score(world, name, m.Kind, m.Quality, m.Coverage, sign) + 10 * wobble)).ToList();
                results.Add(name, seed, [.. scores.Select(s => new Measurement(StudyMetrics.Score, s.Path, s.Value)), .. scores.Select(s => new Measurement(StudyMetrics.BestScore, s.Path, s.Value))]);
            }
        }
        return results;
    }

    private static double Score(string world, string name, string kind, double quality, double coverage, double sign)
    {
        var (isCloning, isOffPolicy, isConstrained) = (name == Families.Cloning, Families.OffPolicy.Contains(name), Families.Constrained.Contains(name));
        return world switch
        {
            "paper" => isCloning ? 100 * quality : isOffPolicy ? 75 * coverage + (kind == "replay" ? 20 : 0) - (kind == "expert" ? 10 : 0) : isConstrained ? 100 * Math.Max(quality, coverage) : 50 * quality,
            // Cloning with poor data, Q-learning with little coverage but strong on expert data, and constrained values worst of all.
            "opposite" => isCloning ? 100 * (1 - quality) : isOffPolicy ? 200 * (1 - coverage) + (kind == "expert" ? 150 : 0) : isConstrained ? -50 : 0,
            // All effects change their sign with the run.
            _ => isCloning ? 100 * (kind == "random" ? 0 : 0.5 + 0.2 * sign) + 40 * sign * quality : isOffPolicy ? 50 + 40 * sign * (coverage - 0.6) : 50 + 60 * sign,
        };
    }
}
