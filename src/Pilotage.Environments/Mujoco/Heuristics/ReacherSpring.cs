using Pilotage.Policies;

namespace Pilotage.Environments.Mujoco.Heuristics;

/// <summary>Pulls the tip to the target as a damped spring would: the joints' torques are what the pull at the tip amounts to (transposed Jacobian).</summary>
internal sealed class ReacherSpring : IPolicy
{
    private const float Forearm = 0.11f;                // m, from elbow to tip
    private const float Stiffness = 1;
    private const float Damping = 0.01f;

    private static readonly RulePolicy Rule = new((observation, values) =>
    {
        var (cosine, sine) = (observation[0] * observation[1] - observation[2] * observation[3], observation[2] * observation[1] + observation[0] * observation[3]);
        var (wayX, wayY) = (observation[8], observation[9]);
        var (tipX, tipY) = (observation[4] + wayX, observation[5] + wayY);
        values[0] = Torque(-tipY, tipX, observation[6]);
        values[1] = Torque(-Forearm * sine, Forearm * cosine, observation[7]);

        float Torque(float byX, float byY, float velocity) => Math.Clamp(-Stiffness * (byX * wayX + byY * wayY) - Damping * velocity, -1, 1);
    });

    /// <inheritdoc/>
    public void Act(FrameBatch frames, PolicyMemory memory, ref Randomness random, ActionBatch actions) => Rule.Act(frames, memory, ref random, actions);
}
