using Pilotage.Policies;

namespace Pilotage.Environments.Mujoco.Heuristics;

/// <summary>The gaits of the walking tasks.</summary>
internal static class Gaits
{
    public const string HopperText = "Moves each joint as a sine of time";
    public const string Walker2dText = HopperText;
    public const string HalfCheetahText = HopperText;
    public const string AntText = HopperText;
    public const string HumanoidText = HopperText;
    public const string SwimmerText = HopperText;

    public static IPolicy Hopper => new SinusoidalGait(100, new float[3], new float[3], new float[3]);
    public static IPolicy Walker2d => new SinusoidalGait(100, new float[6], new float[6], new float[6]);
    public static IPolicy HalfCheetah => new SinusoidalGait(100, new float[6], new float[6], new float[6]);
    public static IPolicy Ant => new SinusoidalGait(100, new float[8], new float[8], new float[8]);
    public static IPolicy Humanoid => new SinusoidalGait(100, new float[17], new float[17], new float[17]);
    public static IPolicy Swimmer => new SinusoidalGait(100, new float[2], new float[2], new float[2]);
}
