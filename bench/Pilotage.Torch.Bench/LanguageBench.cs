using Pilotage.Language.Models;
using Pilotage.Workloads;

namespace Pilotage.Torch.Bench;

/// <summary>Drawing, scoring and learning on language models, by one thread's processor time: the managed backend beside our Torch backend, which draws without kept keys and values, and beside TorchSharp with them.</summary>
internal static class LanguageBench
{
    private const int Prompt = 16;
    private const int Response = 48;

    public static IEnumerable<PairedRow> Run()
    {
        foreach (var (name, config, rows) in new[] { ("nano", LanguageModelConfig.Nano(64), 1), ("nano", LanguageModelConfig.Nano(64), 16), ("1M", LanguageModelConfig.Mini(64), 1), ("1M", LanguageModelConfig.Mini(64), 16) })
        {
            var (managed, ours) = (new LanguageRun(config, rows, Prompt, Response), new LanguageRun(config, rows, Prompt, Response, TorchDevices.Find("torch")));
            using var plain = new PlainLanguage(config, rows, Prompt, Response);
            var size = $"{name} x {rows}";
            yield return Row($"{size} generate, managed", "plain TorchSharp", managed, () => managed.Generate(), () => plain.Generate());
            yield return Row($"{size} generate, managed", "our Torch backend", managed, () => managed.Generate(), () => ours.Generate());
            yield return Row($"{size} score, managed", "plain TorchSharp", managed, () => managed.Score(), () => plain.Score());
            yield return Row($"{size} learn, managed", "plain TorchSharp", managed, () => managed.Run(), () => plain.Learn());
            yield return Row($"{size} learn, managed", "our Torch backend", managed, () => managed.Run(), () => ours.Run());
        }
    }

    private static PairedRow Row(string name, string against, LanguageRun run, Action first, Action second)
    {
        var (seconds, ratio, low, high) = Pairing.Measure(first, second, () => ProcessorClock.Seconds);
        return new(name, run.Tokens / seconds, "tokens/s", against, ratio, low, high);
    }
}
