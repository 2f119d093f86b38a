using Pilotage.Policies;

namespace Pilotage.Environments.Mujoco.Heuristics;

/// <summary>The gaits of the walking and swimming tasks: one cycle of sines for each.</summary>
/// <remarks>
/// Found by random search with local steps, less than a minute of one core each, on starts from a generator of its own that no seed of this library
/// reaches; rounded to two digits. They look at nothing, so Hopper and Humanoid soon fall: an open loop has no balance.
/// </remarks>
internal static class Gaits
{
    /// <summary>What all of them do.</summary>
    public const string Text = "Moves each joint as a sine of time and looks at nothing";

    /// <summary>For Swimmer.</summary>
    public static IPolicy Swimmer => new SinusoidalGait(69.65, [0.01f, 0.05f], [0.78f, 0.56f], [0.71f, 0.66f]);

    /// <summary>For Hopper.</summary>
    public static IPolicy Hopper => new SinusoidalGait(23.84, [0.46f, 0.53f, 0], [0.5f, 1.09f, 0.92f], [0.65f, 0.11f, 1.27f]);

    /// <summary>For Walker2d.</summary>
    public static IPolicy Walker2d => new SinusoidalGait(
        14.4,
        [0.1f, 0.52f, 0.54f, 0.35f, 0.37f, 0.37f],
        [-0.11f, 0.98f, 0.96f, 0.93f, 0.54f, 0.29f],
        [0.68f, 1.15f, 0.37f, 0.8f, 0.52f, 0.75f]);

    /// <summary>For HalfCheetah.</summary>
    public static IPolicy HalfCheetah => new SinusoidalGait(
        10.75,
        [-0.3f, 0.21f, -0.42f, -0.17f, -0.09f, -0.39f],
        [0.9f, 0.79f, 0.19f, 0.88f, 0.57f, 0.75f],
        [0.46f, 0.83f, 0.82f, 0.22f, 0.18f, -0.03f]);

    /// <summary>For Ant.</summary>
    public static IPolicy Ant => new SinusoidalGait(
        13.96,
        [0.17f, 0.19f, 0.01f, 0, -0.06f, -0.28f, -0.04f, 0.5f],
        [0.41f, 0.74f, 0.31f, 0.39f, 0.25f, 0.22f, 0.41f, 0.13f],
        [0.69f, 0.25f, 0.31f, 0.5f, 0.12f, 0.28f, 0.24f, 0.21f]);

    /// <summary>For Humanoid.</summary>
    public static IPolicy Humanoid => new SinusoidalGait(
        20.59,
        [0.13f, 0.06f, -0.12f, 0.06f, 0.15f, -0.13f, 0.19f, -0.09f, -0.01f, 0.19f, 0.24f, 0.05f, -0.2f, 0, -0.03f, -0.12f, 0.1f],
        [0.26f, 0.04f, 0.24f, 0.3f, 0.1f, 0.46f, 0.29f, 0.29f, 0.17f, 0.01f, 0.22f, 0.15f, 0.1f, 0.26f, 0.44f, 0.46f, 0.01f],
        [0.19f, 0.48f, 0.19f, 0.94f, 0.13f, -0.09f, 0.86f, 0.74f, 0.82f, -0.27f, 0.59f, 0.03f, -0.25f, 0.87f, 0.31f, 1.01f, -0.09f], 0.4f);
}
