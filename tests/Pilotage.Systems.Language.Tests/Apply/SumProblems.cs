using Pilotage.Language.Algorithms;
using Pilotage.Language.Groups;
using Pilotage.Systems.Language.Apply;

namespace Pilotage.Systems.Language.Tests.Apply;

/// <summary>A user's file of sums, and GRPO as the loop that is applied to it.</summary>
internal static class SumProblems
{
    /// <summary>Small enough for a test.</summary>
    public static LanguageApplyConfig Small { get; } = new()
    {
        Steps = 6, Batch = new() { Prompts = 8, GroupSize = 4 }, EvaluationProblems = 12, EvaluationSamples = 3, EvaluateEvery = 3, CheckpointEvery = 2,
        WarmStart = new() { Updates = 60, BatchSize = 16, CheckEvery = 30, Width = 16, Layers = 1 },
    };

    /// <summary>Writes the sums of numbers below ten.</summary>
    public static string Write(string path, string extra = "")
    {
        File.WriteAllLines(path, Enumerable.Range(0, 100).Select(i => $$"""{"prompt": "{{i / 10}}+{{i % 10}}=", "answer": "{{i / 10 + i % 10}}"{{extra}}}"""));
        return path;
    }

    /// <summary>GRPO on the parts that an application gives.</summary>
    public static ILanguageLearner Grpo(LanguageParts parts) => new Grpo(new() { Batch = parts.Batch, ReferenceWeight = 0 }, parts.Model, parts.Sampler, parts.Problems, parts.Seeds);
}
