using Pilotage.Policies;

namespace Pilotage.Environments.Mujoco.Heuristics;

/// <summary>Balances the pole by linear feedback.</summary>
/// <remarks>
/// The gains are those of the linear-quadratic regulator for the model's linearisation upright (differences of 1e-5 through one environment step), with
/// weight 1 on both positions, 0.01 on both velocities and 0.1 on the control. Nothing was tuned on episodes.
/// </remarks>
internal sealed class InvertedPendulumFeedback : IPolicy
{
    private const float Place = 2.191f;
    private const float Angle = 9.574f;
    private const float Velocity = 1.919f;
    private const float AngularVelocity = 1.585f;
    private const float Bound = 3;

    private static readonly RulePolicy Rule = new((observation, values) =>
        values[0] = Math.Clamp(Place * observation[0] + Angle * observation[1] + Velocity * observation[2] + AngularVelocity * observation[3], -Bound, Bound));

    /// <inheritdoc/>
    public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions) => Rule.Act(frames, memory, ref random, actions);
}
