using Pilotage.Evaluation;

namespace Pilotage.Cli.Tests;

/// <summary>A fair and a biased coin on the same seeds.</summary>
internal sealed class CoinStudy(CoinSettings settings, int seedCount) : IStudy
{
    public IReadOnlyList<Arm> Arms { get; } =
    [
        new("fair", ArmKind.Heuristic, (trial, _) => Toss(trial, settings.Tosses, 0.5)),
        new("biased", ArmKind.Method, (trial, _) => Toss(trial, settings.Tosses, settings.Bias)),
    ];

    public IReadOnlyList<Claim> Claims { get; } =
    [
        new EffectRule().Claim("a", "The biased coin shows more heads than the fair one", "invented", Region.Above(0),
            (results, rule) => PairedEffect.Of(results, "biased", "fair", "heads", rule)),
    ];

    public int SeedCount => seedCount;

    public IReadOnlyList<Metric> Metrics { get; } = [new("heads", "heads (share)", HigherIsBetter: true)];

    public string ReferenceArm => "fair";

    private static IReadOnlyList<Measurement> Toss(Trial trial, int tosses, double bias)
    {
        var random = trial.Seeds.Branch("tosses").Start();
        var heads = 0;
        for (var toss = 0; toss < tosses; toss++) if (random.NextDouble() < bias) heads++;
        return [new("heads", "tosses", (double)heads / tosses)];
    }
}
