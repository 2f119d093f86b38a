using Pilotage.Systems.Operations.Hdpo;
using Pilotage.Tensors;
using Pilotage.Workloads;

namespace Pilotage.Torch.Bench;

/// <summary>One PPO minibatch update, two networks 4-64-64, on one thread: the managed backend beside our Torch backend and beside TorchSharp as its users write it.</summary>
internal static class UpdateBench
{
    private static Device Torch => TorchDevices.Find("torch")!;

    public static IEnumerable<PairedRow> Run()
    {
        foreach (var batch in new[] { 64, 256 })
        {
            var (managed, ours) = (new PpoUpdate(batch), new PpoUpdate(batch, Torch));
            using var plain = new PlainUpdate(batch);
            yield return Row($"update of {batch}, managed", "our Torch backend", () => managed.Run(), () => ours.Run());
            yield return Row($"update of {batch}, managed", "plain TorchSharp", () => managed.Run(), () => plain.Run());
            yield return Row($"update of {batch}, our Torch backend", "plain TorchSharp", () => ours.Run(), () => plain.Run());
        }
    }

    /// <summary>Steps of other sizes, on both of our backends.</summary>
    /// <param name="name">The case.</param>
    /// <param name="make">Makes the step for a device.</param>
    /// <returns>One row.</returns>
    public static IEnumerable<PairedRow> Run(string name, Func<Device, IWorkload> make)
    {
        var (managed, ours) = (make(Device.Managed), make(Torch));
        yield return Row($"{name}, managed", "our Torch backend", () => managed.Run(), () => ours.Run());
    }

    /// <summary>A store's policy through 50 simulated periods, forward and with the update, on both of our backends and as users of TorchSharp write it.</summary>
    /// <returns>Four rows for each number of scenarios.</returns>
    public static IEnumerable<PairedRow> Inventory()
    {
        const int Periods = 50;
        foreach (var batch in new[] { 64, 256, 1024 })
        {
            var (managed, ours) = (new InventoryUpdate(batch, Periods, Device.Managed), new InventoryUpdate(batch, Periods, Torch));
            using var plain = new PlainInventory(batch, Periods);
            yield return Row($"{batch} x {Periods} periods forward, managed", "our Torch backend", () => managed.Forward(), () => ours.Forward());
            yield return Row($"{batch} x {Periods} periods forward, managed", "plain TorchSharp", () => managed.Forward(), () => plain.Forward());
            yield return Row($"{batch} x {Periods} periods updated, managed", "our Torch backend", () => managed.Run(), () => ours.Run());
            yield return Row($"{batch} x {Periods} periods updated, managed", "plain TorchSharp", () => managed.Run(), () => plain.Run());
        }
    }

    private static PairedRow Row(string name, string against, Action first, Action second)
    {
        var (seconds, ratio, low, high) = Pairing.Measure(first, second);
        return new(name, seconds * 1e6, "us", against, ratio, low, high);
    }
}
