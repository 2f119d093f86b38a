using Pilotage.Language.Models;
using Pilotage.Systems;

namespace Pilotage.Workloads.Speeds;

/// <summary>Language models: tokens drawn, scored and learned from, 16 responses of 48 tokens abreast after prompts of 16, vocabulary 64.</summary>
public static class LanguageSpeed
{
    private const int Rows = 16;
    private const int Prompt = 16;
    private const int Response = 48;

    /// <summary>Nano (two blocks of 64) and 1M (five of 128). Drawing has no counterpart on libtorch: there our models draw without kept keys and values.</summary>
    public static SpeedGroup Group { get; } = new("language", "tokens drawn, scored, learned from", [
        Case("nano, drawn", LanguageModelConfig.Nano, run => run.Generate()) with { IsShort = true },
        Case("nano, learned from", LanguageModelConfig.Nano, run => run.Run()) with { IsShort = true, RunsOnTorch = true },
        Case("nano, scored", LanguageModelConfig.Nano, run => run.Score()) with { RunsOnTorch = true },
        Case("1M, drawn", LanguageModelConfig.Mini, run => run.Generate()),
        Case("1M, learned from", LanguageModelConfig.Mini, run => run.Run()) with { RunsOnTorch = true },
        Case("1M, scored", LanguageModelConfig.Mini, run => run.Score()) with { RunsOnTorch = true },
    ]);

    private static SpeedCase Case(string name, Func<int, LanguageModelConfig> size, Action<LanguageRun> call) => new(name, "tokens/s", device =>
    {
        var run = new LanguageRun(size(64), Rows, Prompt, Response, device);
        return () =>
        {
            call(run);
            return run.Tokens;
        };
    });
}
