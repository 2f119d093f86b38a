using Pilotage.Bench;

namespace Pilotage.Torch.Bench;

/// <summary>One PPO minibatch update, two networks 4-64-64, on one thread: the managed backend beside our Torch backend and beside TorchSharp as its users write it.</summary>
internal static class UpdateBench
{
    public static IEnumerable<PairedRow> Run()
    {
        foreach (var batch in new[] { 64, 256 })
        {
            var (managed, ours) = (new MinibatchUpdate(batch), new MinibatchUpdate(batch, TorchDevices.Find("torch")));
            using var plain = new PlainUpdate(batch);
            yield return Row($"update of {batch}, managed", "our Torch backend", () => managed.Run(), () => ours.Run());
            yield return Row($"update of {batch}, managed", "plain TorchSharp", () => managed.Run(), () => plain.Run());
            yield return Row($"update of {batch}, our Torch backend", "plain TorchSharp", () => ours.Run(), () => plain.Run());
        }
    }

    private static PairedRow Row(string name, string against, Action first, Action second)
    {
        var (seconds, ratio, low, high) = Pairing.Measure(first, second);
        return new(name, seconds * 1e6, "us", against, ratio, low, high);
    }
}
