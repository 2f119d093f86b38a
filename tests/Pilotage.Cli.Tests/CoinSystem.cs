using Pilotage.Evaluation;
using Pilotage.Settings;
using Pilotage.Systems;

namespace Pilotage.Cli.Tests;

/// <summary>A system whose arms toss coins: quick, deterministic, with a claim that holds.</summary>
internal sealed class CoinSystem : ISystem
{
    public SystemDescription Description { get; } = new(
        "coin-tossing", "On the Tossing of Coins", "arXiv:0000.00000", "Games", "Which coin to toss", [("learns", "nothing")],
        new Dictionary<Scale, double> { [Scale.Smoke] = 0.01, [Scale.Laptop] = 3, [Scale.Paper] = 600 }, "A text file with one coin a line.");

    public SettingsSchema Settings => CoinSettings.Schema;

    public IStudy CreateStudy(StudyRequest request) => new CoinStudy((CoinSettings)request.Settings, request.SeedCount ?? (request.Scale == Scale.Smoke ? 2 : 8));

    public ApplyReport Apply(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation)
    {
        var coins = request.Inputs.SelectMany(File.ReadLines).ToList();
        if (coins.Count == 0) throw new UserMistakeException($"{request.Inputs[0]} has no coin. Write one coin a line.");
        progress?.Report((1, "tossed"));
        return new($"Toss {coins[0]}.", ["policy", "heads"], [.. coins.Select(coin => new[] { coin, "0.5" })], [$"{coins.Count} coins were read."], []);
    }
}
