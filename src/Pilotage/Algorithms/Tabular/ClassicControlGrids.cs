using Pilotage.Environments;

namespace Pilotage.Algorithms.Tabular;

/// <summary>Grids for the environments whose observations fit a table. Bounds: where trained policies stay, or the environment's own where it has them.</summary>
public static class ClassicControlGrids
{
    /// <summary>Makes the grid of an environment.</summary>
    /// <param name="spec">The environment.</param>
    /// <param name="cells">Cells per dimension.</param>
    /// <returns>The grid; <see langword="null"/> if none is known for this environment.</returns>
    public static IDiscretizer? For(EnvironmentSpec spec, int cells)
    {
        var bounds = Bounds(spec.Name);
        if (bounds is not var (low, high)) return null;
        var counts = new int[low.Length];
        Array.Fill(counts, cells);
        return new UniformGrid(low, high, counts);
    }

    /// <summary>Why tabular learners cannot learn an environment.</summary>
    /// <param name="spec">The environment.</param>
    /// <returns>The reason; <see langword="null"/> if they can.</returns>
    public static string? Refusal(EnvironmentSpec spec) =>
        spec.Actions is not ActionSpace.Discrete ? $"{spec.Name} has no single discrete choice; tabular learners need one. Use ppo."
        : Bounds(spec.Name) is null ? $"There is no grid for the observations of {spec.Name}; tabular learners need one. Use dqn or ppo."
        : null;

    private static (float[] Low, float[] High)? Bounds(string environment) => environment switch
    {
        "MountainCar-v0" => ([-1.2f, -0.07f], [0.6f, 0.07f]),                                                  // the environment's own
        "CartPole-v1" or "CartPole-v0" => ([-2.4f, -3f, -0.2095f, -3.5f], [2.4f, 3f, 0.2095f, 3.5f]),          // position and angle: the limits of failure
        _ => null,
    };
}
