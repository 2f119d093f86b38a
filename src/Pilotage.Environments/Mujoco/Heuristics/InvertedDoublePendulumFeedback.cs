using Pilotage.Policies;

namespace Pilotage.Environments.Mujoco.Heuristics;

/// <summary>Balances both poles by linear feedback.</summary>
/// <remarks>
/// The gains are those of the linear-quadratic regulator for the model's linearisation upright (differences of 1e-5 through one environment step), with
/// weight 1 on the positions, 0.01 on the velocities and 0.1 on the control. Sines stand for the angles. Nothing was tuned on episodes.
/// </remarks>
internal sealed class InvertedDoublePendulumFeedback : IPolicy
{
    private const float Place = -0.631f;
    private const float Lower = -3.506f;
    private const float Upper = -7.220f;
    private const float Velocity = -0.709f;
    private const float LowerVelocity = -1.479f;
    private const float UpperVelocity = -1.161f;

    private static readonly RulePolicy Rule = new((observation, values) => values[0] = Math.Clamp(
        Place * observation[0] + Lower * observation[1] + Upper * observation[2] + Velocity * observation[5] + LowerVelocity * observation[6] + UpperVelocity * observation[7], -1, 1));

    /// <inheritdoc/>
    public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions) => Rule.Act(frames, memory, ref random, actions);
}
