using Pilotage.Systems;
using Pilotage.Tensors;

namespace Pilotage.Workloads.Speeds;

/// <summary>The tensor engine: matrix products, a small policy's forward pass, whole gradient steps.</summary>
public static class EngineSpeed
{
    /// <summary>Square products, acting, and steps of PPO, a transformer block and convolutions.</summary>
    public static SpeedGroup Group { get; } = new("engine", "matrix products, acting, gradient steps", [
        Product(64) with { IsShort = true },
        Product(256) with { IsShort = true },
        Product(1024) with { IsShort = true },
        Acting(4) with { IsShort = true },
        Step("PPO minibatch of 64", device => new PpoUpdate(64, device)) with { IsShort = true },
        Step("PPO minibatch of 256", device => new PpoUpdate(256, device)),
        Step("transformer 128, 32 x 64", device => new TransformerStep(32, 64, 128, 4, device)),
        Step("transformer 256, 32 x 64", device => new TransformerStep(32, 64, 256, 8, device)),
        Step("convolutions, 64 images", device => new ConvolutionStep(64, device)),
    ]);

    /// <summary>A gradient step, counted in updates.</summary>
    /// <param name="name">The case.</param>
    /// <param name="make">Makes the step on a device.</param>
    /// <returns>The case.</returns>
    internal static SpeedCase Step(string name, Func<Device, IWorkload> make) => new(name, "updates/s", device =>
    {
        var workload = make(device);
        return () =>
        {
            workload.Run();
            return 1;
        };
    })
    { RunsOnTorch = true };

    private static SpeedCase Product(int side) => new($"product {side}x{side}x{side}", "GFLOP/s", device =>
    {
        var products = new MatrixProducts(side, device);
        return () =>
        {
            products.Run();
            return products.Flops / 1e9;
        };
    })
    { RunsOnTorch = true };

    private static SpeedCase Acting(int rows) => new($"acting, {rows} rows, two 64-64", "calls/s", device =>
    {
        var (update, logProbabilities, values) = (new PpoUpdate(64, device), new float[2 * rows], new float[rows]);
        return () =>
        {
            update.Act(rows, logProbabilities, values);
            return 1;
        };
    })
    { RunsOnTorch = true };
}
