using Pilotage.Policies;

namespace Pilotage.Environments.PointMass;

/// <summary>Drives straight to the goal at full speed, through the disc where it lies on the way.</summary>
public sealed class StraightLine : IPolicy
{
    private static readonly RulePolicy Rule = new(static (observation, values) => Towards(-observation[0], -observation[1], values));

    /// <inheritdoc/>
    public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions) => Rule.Act(frames, memory, ref random, actions);

    /// <summary>Full speed in a direction, no further than its end.</summary>
    internal static void Towards(double right, double up, Span<float> values)
    {
        var reach = Math.Max(0.1, Math.Max(Math.Abs(right), Math.Abs(up)));         // a step goes 0.1 a side
        (values[0], values[1]) = ((float)(right / reach), (float)(up / reach));
    }
}
