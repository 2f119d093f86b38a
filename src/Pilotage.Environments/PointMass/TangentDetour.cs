using Pilotage.Policies;

namespace Pilotage.Environments.PointMass;

/// <summary>Drives round the disc: along a tangent while the disc lies on the way to the goal, straight on then.</summary>
/// <remarks>It keeps 0.04 away from the rim, twice the slip of a step, because the corners of its path cut in.</remarks>
public sealed class TangentDetour : IPolicy
{
    private const double Clearance = RiskyPointMass.Radius + 0.04;
    private static readonly RulePolicy Rule = new(static (observation, values) => Drive(observation[0], observation[1], values));

    /// <inheritdoc/>
    public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions) => Rule.Act(frames, memory, ref random, actions);

    private static void Drive(double x, double y, Span<float> values)
    {
        var (right, up) = (RiskyPointMass.Centre - x, RiskyPointMass.Centre - y);  // to the centre
        var goal = Math.Sqrt(x * x + y * y);
        var distance = Math.Sqrt(right * right + up * up);
        var along = goal == 0 ? 0 : -(right * x + up * y) / goal;                   // how far on the way to the goal the centre lies
        var aside = goal == 0 ? distance : (-x * up + y * right) / goal;            // to the left of the way if above 0
        if (along <= 0 || Math.Abs(aside) >= Clearance)
        {
            StraightLine.Towards(-x, -y, values);
            return;
        }
        // The tangent on the goal's side of the centre: the way to the centre, turned by asin(clearance / distance) away from it. Inside the clearance: straight out of it and along.
        var sine = Math.Min(1, Clearance / distance) * (aside > 0 ? -1 : 1);
        var cosine = Math.Sqrt(1 - sine * sine);
        var (ahead, across) = (right * cosine - up * sine, right * sine + up * cosine);
        if (distance < Clearance) (ahead, across) = (ahead - right, across - up);
        var scale = 1 / Math.Max(Math.Abs(ahead), Math.Abs(across));
        (values[0], values[1]) = ((float)(ahead * scale), (float)(across * scale));
    }
}
